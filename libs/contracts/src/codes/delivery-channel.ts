export const deliveryChannels = ['in-app', 'email'] as const;
export type DeliveryChannel = (typeof deliveryChannels)[number];
