/**
 * Objects whose columns are made when they are first asked for. Their properties are those of a class, not their own:
 * reading one in an inner loop costs little more than reading a field.
 */

/** Makes a column by its name. */
type MakeColumn<Columns> = (name: keyof Columns & string) => Columns[keyof Columns]

/** A class of objects with columns of these names; each is asked for once, then kept. */
export function lazyColumns<Columns extends object>(
  names: readonly (keyof Columns & string)[],
): new (make: MakeColumn<Columns>) => Columns {
  class LazyColumns {
    readonly made: (Columns[keyof Columns] | undefined)[]
    readonly make: MakeColumn<Columns>

    constructor(make: MakeColumn<Columns>) {
      this.made = names.map(() => undefined)
      this.make = make
    }
  }
  for (const [index, name] of names.entries()) {
    Object.defineProperty(LazyColumns.prototype, name, {
      enumerable: true,
      get(this: LazyColumns) {
        return (this.made[index] ??= this.make(name))
      },
    })
  }
  return LazyColumns as unknown as new (make: MakeColumn<Columns>) => Columns
}
