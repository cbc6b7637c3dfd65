/** The inner loops of figures. Each works on regions of the memory that the host lays out; none keeps anything itself. */

/** Where the host may lay out regions. */
export function heapBase(): usize {
  return __heap_base
}

export * from "./packing"
