/** A route that takes a file accepts bodies up to this many bytes (contract.md §2.3); every other route 256 KB. */
export const fileBodyMaxBytes = 8 * 1024 * 1024;
/** The most base64 characters of one file, so that the whole body stays under {@link fileBodyMaxBytes}. */
export const fileMaxCharacters = 7_900_000;
