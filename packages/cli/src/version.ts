/** The version that `--version` prints; the report names the library's, which is the same. */
export const VERSION = "0.1.0"
