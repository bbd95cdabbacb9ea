/**
 * Chunks that are read from disk are garbage soon after, 64 KiB each, outside of V8's heap. V8 answers to such memory with
 * full collections of 5 to 15 ms, which commits then wait for. A young collection, asked for now and then, takes 1 ms
 * and leaves little to a full one: with 64 cold reads in flight a commit's p99 fell to half (test/faults/cold-reads.test.ts).
 */
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'

type Collect = (options: { readonly type: 'minor' }) => void

const bytesBetween = 4 * 1024 * 1024
/** While commits are under way a collection is put off, up to this. */
const bytesMax = 16 * 1024 * 1024

let collect: Collect | undefined
let bytes = 0

/** Counts what was read; collects when it is much. `committing`: a commit would have to wait for it. */
export const noteRead = (read: number, committing: boolean): void => {
  bytes += read
  if (bytes < (committing ? bytesMax : bytesBetween)) return
  bytes = 0
  if (collect === undefined) {
    // Only a new context sees `gc`, so nothing else in the process does.
    setFlagsFromString('--expose-gc')
    collect = runInNewContext('gc') as Collect
    setFlagsFromString('--no-expose-gc')
  }
  collect({ type: 'minor' })
}
