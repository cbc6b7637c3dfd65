/** What a thread will say to one message. */
export class Answer<Value> {
  resolve: (value: Value) => void = () => {}
  reject: (failure: Error) => void = () => {}
  readonly promise = new Promise<Value>((resolve, reject) => {
    this.resolve = resolve
    this.reject = reject
  })

  constructor() {
    // Whoever waits for it gets its failure; nobody may be waiting.
    this.promise.catch(() => {})
  }
}
