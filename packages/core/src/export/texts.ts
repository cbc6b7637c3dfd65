/** Texts of cells, each made once while they are wanted. */

/** What `make` makes of a key, made once. What is kept is let go with the function. */
export function remembered<Value>(make: (key: number) => Value): (key: number) => Value {
  const made = new Map<number, Value>()
  return (key) => {
    const known = made.get(key)
    if (known !== undefined) return known
    const value = make(key)
    made.set(key, value)
    return value
  }
}

const LONE_SURROGATE = /\p{Cs}/gu

/** The text with U+FFFD for every lone surrogate, of which UTF-8 has none: so all formats have the same text. */
export function wellFormed<Text extends string | null>(text: Text): Text {
  return (text === null ? null : text.replace(LONE_SURROGATE, "\ufffd")) as Text
}
