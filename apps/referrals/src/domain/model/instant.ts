export { between, clockSkew, day, hour, plus, minute } from '#tracking';
