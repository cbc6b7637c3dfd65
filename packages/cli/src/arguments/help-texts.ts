/** What `--help` says below commands and options. No line is longer than 80 columns. */

export const DESCRIPTION = `Audits archived Microsoft Teams call records offline: what is in the archive,
what is wrong with it, how long people talked, how many sessions ran at once,
who was in two calls at once, what failed.`

const EXIT_CODES = `
Exit codes:
  0  everything was read and every record taken
  1  as 0, and findings reach --fail-on
  2  the command line is wrong; nothing was read or written
  3  the output is written, but not everything was taken: see inputs, rejects
  4  no output: no input could be opened, or an output could not be written
  130, 143  interrupted (SIGINT, SIGTERM)`

export const PROGRAM_HELP = `
Examples:
  callsift analyze archive/ -o report/      all of it, outputs in report/
  callsift analyze 'exports/*.ndjson.gz'    summary on the terminal only
  callsift analyze archive/ --json | jq .totals
  callsift validate export.json             one line for each problem
  callsift export archive/ --to parquet -o f.parquet   a table for SQL
  callsift generate --sessions 1000 | callsift analyze -
${EXIT_CODES}`

export const ANALYZE_HELP = `
Examples:
  callsift analyze archive/ -o report/ --quiet     outputs and exit code alone
  callsift analyze archive/ --state kept/          next time only what is new
  callsift analyze archive/ --fail-on warning      exit with 1 from warnings on
  callsift analyze archive/ --since 2026-01-01T00:00:00Z --modality video
  zstdcat calls.zst | callsift analyze - --json > report.json
${EXIT_CODES}`

export const MERGE_HELP = `
Limits, rules and hashing are those with which the partials were made, and must
be the same in all of them. An input in several partials counts once. A partial
that cannot be used is named and left out (exit code 3).

Examples:
  callsift analyze january/ --partial january.partial
  callsift analyze february/ --partial february.partial
  callsift merge january.partial february.partial -o report/
  callsift merge *.partial --partial year.partial --json > report.json
${EXIT_CODES}`

export const VALIDATE_HELP = `
One line each:
  PATH:LINE: SEVERITY CODE POINTER: MESSAGE (offset, length)
Rejects come while the inputs are read, then inputs that are not complete, then
findings.

Examples:
  callsift validate export.ndjson
  callsift validate archive/ --fail-on warning | grep session/bad-timestamp
${EXIT_CODES}`

export const EXPORT_HELP = `
One row a session, with where its bytes lie; rejects are no rows. Duplicates and
superseded sessions are rows too: status says so, counted is true for what the
report's figures are made of.

Examples:
  callsift export archive/ --to parquet -o facts.parquet
  callsift export archive/ --to ndjson --failed --since 2026-01-01T00:00:00Z
  callsift export archive/ --to csv | duckdb -c "from read_csv('/dev/stdin')"
${EXIT_CODES}`

export const GENERATE_HELP = `
Examples:
  callsift generate --sessions 1000 --anomalies 0.05 -o export.ndjson
  callsift generate --sessions 9000 --profile full --layout batch | gzip > b.gz`
