/** Packages that keep state for a whole process, loaded so that the state is the caller's alone. */
import { createRequire } from 'node:module'
import { dirname, sep } from 'node:path'

const require = createRequire(import.meta.url)

/**
 * Loads a CommonJS package anew, each time; the copy that others hold stays in the cache as it was. It covers the files
 * beside and below the main file of the package, not those that it takes from other packages. Throws as `require` does.
 */
export const ownCopyOf = (name: string): unknown => {
  const main = require.resolve(name)
  const folder = dirname(main) + sep
  const ofPackage = (): string[] => Object.keys(require.cache).filter(file => file.startsWith(folder))
  const others = ofPackage().map(file => [file, require.cache[file]] as const)
  for (const [file] of others) delete require.cache[file]
  try {
    return require(main)
  } finally {
    for (const file of ofPackage()) delete require.cache[file]
    for (const [file, loaded] of others) require.cache[file] = loaded
  }
}
