/** Places in the file system, told apart by their absolute paths, byte for byte. */
import { realpath } from "node:fs/promises"
import { basename, dirname, join, resolve, sep } from "node:path"

/** A character a byte, so that paths which are no UTF-8 stay apart and text functions work on them. */
function asLatin1(path: Buffer | string): string {
  return Buffer.from(path).toString("latin1")
}

/** The absolute path, with no link followed. */
export function placeOf(path: Buffer | string): string {
  return resolve(asLatin1(process.cwd()), asLatin1(path))
}

/** The absolute path with all links followed; what does not exist yet is placed where it would be. */
export async function realPlaceOf(path: Buffer | string): Promise<string> {
  return realPlace(placeOf(path))
}

async function realPlace(place: string): Promise<string> {
  const real = await realpath(Buffer.from(place, "latin1"), { encoding: "buffer" }).catch(() => null)
  if (real !== null) return asLatin1(real)
  const parent = dirname(place)
  return parent === place ? place : join(await realPlace(parent), basename(place))
}

/** Some places and all that lies below them. */
export class PathSet {
  readonly #places: readonly string[]

  private constructor(places: readonly string[]) {
    this.#places = places
  }

  static async of(paths: readonly string[]): Promise<PathSet> {
    return new PathSet(await Promise.all(paths.map(realPlaceOf)))
  }

  /** Whether the path, all links followed, is one of the places or lies below one. */
  async holds(path: Buffer): Promise<boolean> {
    if (this.#places.length === 0) return false
    const real = await realPlaceOf(path)
    return this.#places.some((place) => real === place || real.startsWith(place.endsWith(sep) ? place : place + sep))
  }
}
