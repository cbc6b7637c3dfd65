import { fileURLToPath } from "node:url"
import { defineConfig } from "vitest/config"

const source = (packageName: string) => fileURLToPath(new URL(`./packages/${packageName}/src/`, import.meta.url))

export default defineConfig({
  resolve: {
    // Unit tests read the sources; end-to-end tests import the built packages by their names.
    alias: [
      { find: /^#core\//, replacement: source("core") },
      { find: /^#kernel\//, replacement: source("kernel") },
      { find: /^#cli\//, replacement: source("cli") },
    ],
  },
  test: { include: ["test/**/*.test.ts"], testTimeout: 60_000 },
})
