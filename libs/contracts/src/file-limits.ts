/** A route that takes a file takes bodies up to this many bytes (contract.md §2.3); every other one 256 KB. */
export const fileBodyMaxBytes = 8 * 1024 * 1024;
/** Characters of base64 in one file, so that the whole body stays under {@link fileBodyMaxBytes}. */
export const fileMaxCharacters = 7_900_000;
