/** Archives: files of several exports. */
import fc from "fast-check"
import { damage, damaged } from "./damage.ts"
import { exportModel } from "./export.ts"
import { LAYOUTS, type ExportFile } from "./layout.ts"
import { textStyle } from "./text-style.ts"

/** Files of several exports, some of them damaged. */
export const archiveFiles: fc.Arbitrary<ExportFile[]> = fc
  .array(fc.tuple(exportModel, fc.constantFrom(...LAYOUTS), textStyle, fc.option(damage, { freq: 3 })), {
    minLength: 1,
    maxLength: 3,
  })
  .map((exports) =>
    exports.flatMap(([model, { files }, style, change], index) =>
      files(model, style).map(({ name, bytes }) => ({
        name: `${index}-${name}`,
        bytes: change === null ? bytes : damaged(bytes, change),
      })),
    ),
  )
  .filter((files) => files.length > 0)
