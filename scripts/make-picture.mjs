// Draws docs/summary.svg: the summary of the sample archive as a terminal shows it.
import { spawnSync } from "node:child_process"
import { writeFileSync } from "node:fs"
import { dirname, join } from "node:path"
import { fileURLToPath } from "node:url"

const root = dirname(dirname(fileURLToPath(import.meta.url)))
const args = [join(root, "packages/cli/dist/callsift.js"), "analyze", "examples/archive"]
const { stdout } = spawnSync(process.execPath, args, {
  cwd: root,
  encoding: "utf8",
  env: { ...process.env, FORCE_COLOR: "1" },
})

const COLORS = {
  1: ["font-weight", "bold"],
  2: ["fill", "#8b949e"],
  31: ["fill", "#ff7b72"],
  32: ["fill", "#7ee787"],
  33: ["fill", "#e3b341"],
  36: ["fill", "#56d4dd"],
}
const CHARACTER = 8.4
const LINE = 19
const lines = ["$ callsift analyze examples/archive", "", ...stdout.trimEnd().split("\n")]
const columns = Math.max(...lines.map((line) => line.replaceAll(/\u001b\[\d+m/g, "").length))
const width = Math.ceil(columns * CHARACTER) + 40
const height = lines.length * LINE + 40

const text = lines
  .map((line, index) => `<text x="20" y="${30 + index * LINE}" xml:space="preserve">${spans(line)}</text>`)
  .join("\n")
writeFileSync(
  join(root, "docs/summary.svg"),
  `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" role="img" aria-label="Summary of callsift analyze">
<rect width="100%" height="100%" rx="8" fill="#0d1117"/>
<g font-family="ui-monospace, SFMono-Regular, Menlo, Consolas, DejaVu Sans Mono, monospace" font-size="14" fill="#e6edf3">
${text}
</g>
</svg>
`,
)

/** ANSI styles → tspans. Each begins at its column, so that fonts of other widths keep the layout. */
function spans(line) {
  let column = 0
  let style = null
  let result = ""
  for (const part of line.split(/(\u001b\[\d+m)/)) {
    const code = /\u001b\[(\d+)m/.exec(part)?.[1]
    if (code !== undefined) style = COLORS[code] ?? null
    else if (part !== "") {
      const attribute = style === null ? "" : ` ${style[0]}="${style[1]}"`
      result += `<tspan x="${(20 + column * CHARACTER).toFixed(1)}" textLength="${(part.length * CHARACTER).toFixed(1)}"${attribute}>${escape(part)}</tspan>`
      column += part.length
    }
  }
  return result
}

function escape(part) {
  return part.replaceAll("&", "&amp;").replaceAll("<", "&lt;")
}
