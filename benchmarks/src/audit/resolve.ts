/**
 * Which sessions count, as callsift decides it: superseded versions of a call go first, then what repeats an earlier
 * session. Only rows with an id that occurs twice are compared in full. Out: the table `resolved` with the two counts,
 * the views `counted` and `timed`, and the view `attended` with one row for each participant of a timed session.
 */

/** Statements to run behind those that load. */
export const RESOLVE_STATEMENTS = [
  `CREATE TABLE older AS
SELECT session.rowid AS number
FROM session
JOIN (SELECT call, max(row(version, modified)) AS latest FROM session WHERE version IS NOT NULL GROUP BY call HAVING count(DISTINCT row(version, modified)) > 1) USING (call)
WHERE ok AND version IS NOT NULL AND row(version, modified) < latest`,
  `CREATE TABLE repeated AS
SELECT coalesce(call, id) AS call_key, id FROM session
WHERE ok AND rowid NOT IN (SELECT number FROM older)
GROUP BY ALL HAVING count(*) > 1`,
  `CREATE TABLE duplicate AS
SELECT session.rowid AS number
FROM session JOIN repeated ON repeated.id = session.id AND repeated.call_key = coalesce(session.call, session.id)
WHERE ok AND session.rowid NOT IN (SELECT number FROM older)
QUALIFY row_number() OVER (PARTITION BY call_key, session.id, start_tick, end_tick, modality_text, is_test, caller, callee, stage, reason,
  caller_platform, callee_platform, caller_family, callee_family, caller_role, callee_role ORDER BY session.rowid) > 1`,
  `CREATE TABLE resolved AS
SELECT (SELECT count(*) FROM older) AS superseded, (SELECT count(*) FROM duplicate) AS duplicates`,
  `DELETE FROM session WHERE rowid IN (SELECT number FROM older UNION ALL SELECT number FROM duplicate)`,
  `CREATE VIEW counted AS
SELECT *, end_tick - start_tick AS ticks, coalesce(call, id) AS call_key
FROM session JOIN modality_set USING (modality_text) WHERE ok AND NOT is_test`,
  `CREATE VIEW timed AS SELECT * FROM counted WHERE start_tick <= end_tick`,
  `CREATE VIEW attended AS
SELECT caller AS participant, call_key, start_tick, end_tick FROM timed WHERE caller IS NOT NULL
UNION ALL
SELECT callee, call_key, start_tick, end_tick FROM timed WHERE callee IS NOT NULL AND callee IS DISTINCT FROM caller`,
]
