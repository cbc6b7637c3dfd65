/** Work that goes on in other threads while its last result is used. */

/** What `source` gives, while up to `count` further results are being made. Leaving it early ends the source. */
export async function* ahead<Result>(source: AsyncGenerator<Result>, count: number): AsyncGenerator<Result> {
  const pending: Promise<IteratorResult<Result>>[] = []
  try {
    for (;;) {
      while (pending.length <= count) pending.push(begun(source.next()))
      const next = await pending.shift()
      if (next === undefined || next.done === true) return
      yield next.value
    }
  } finally {
    await source.return(undefined)
  }
}

/** Whoever waits for it gets its error; nobody may be waiting yet. */
function begun<Result>(work: Promise<Result>): Promise<Result> {
  work.catch(() => {})
  return work
}
