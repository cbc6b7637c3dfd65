#!/usr/bin/env node
/**
 * The entry of the command `callsift`. Workers are started before anything else is loaded, for a thread takes as long to
 * start as all the rest takes to load.
 */
import { startEarly } from "./early-workers.ts"

const args = process.argv.slice(2)
void startEarly(args).then(async (workers) => (await import("./main.ts")).main(args, workers))
