/** A worker's entry that ends its thread before it is asked for anything. */
process.exit(1)
