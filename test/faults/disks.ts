/**
 * File systems that can be cut off and filled up: ext4 in a file, mounted through a loop device. Needs root, `mkfs.ext4`,
 * `mount` and `gcc`; whatever is missing is an error, so that a run without its fault is red and not green.
 */
import { execFileSync } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, rmSync, statfsSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

const run = (command: string, words: readonly string[]): string =>
  execFileSync(command, words, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] })

const native = new URL('native/', import.meta.url).pathname
let builtIn: string | undefined

/** Directory with the compiled helpers; made once a process. */
const tools = (): string => {
  if (builtIn === undefined) {
    builtIn = mkdtempSync(join(tmpdir(), 'mq-fault-tools-'))
    run('gcc', ['-O2', '-o', join(builtIn, 'cut'), join(native, 'cut.c')])
    run('gcc', ['-O2', '-shared', '-fPIC', '-o', join(builtIn, 'sync-fault.so'), join(native, 'sync-fault.c'), '-ldl'])
  }
  return builtIn
}

export const removeTools = (): void => {
  if (builtIn !== undefined) rmSync(builtIn, { recursive: true, force: true })
  builtIn = undefined
}

/** Environment that makes fsync slow or fail for files with these endings: `{ slow: '.ldb:1500' }`. */
export const syncFault = (rules: { readonly slow?: string; readonly fail?: string }): Record<string, string> => ({
  LD_PRELOAD: join(tools(), 'sync-fault.so'),
  ...(rules.slow === undefined ? {} : { FAULT_SLOW: rules.slow }),
  ...(rules.fail === undefined ? {} : { FAULT_FAIL: rules.fail })
})

export class LoopDisk {
  /** Where it is mounted. */
  readonly path: string
  readonly #home: string
  readonly #image: string
  #mounted = false

  constructor(sizeMiB: number) {
    this.#home = mkdtempSync(join(tmpdir(), 'mq-disk-'))
    this.#image = join(this.#home, 'image')
    this.path = join(this.#home, 'mount')
    mkdirSync(this.path)
    run('truncate', ['-s', `${sizeMiB}M`, this.#image])
    run('mkfs.ext4', ['-q', '-F', '-m', '0', this.#image])
    this.mount()
  }

  mount(): void {
    run('mount', ['-o', 'loop', this.#image, this.path])
    this.#mounted = true
  }

  unmount(): void {
    run('umount', [this.path])
    this.#mounted = false
  }

  /** The power goes: what is not on the device is gone, and the mount answers only with EIO. */
  cut(): void {
    run(join(tools(), 'cut'), [this.path])
  }

  /** The power is back. No process may use the mount any more. */
  restore(): void {
    this.unmount()
    this.mount()
  }

  get freeBytes(): number {
    const { bavail, bsize } = statfsSync(this.path)
    return bavail * bsize
  }

  /** Takes space until only `leaveBytes` are free. */
  fill(leaveBytes: number): void {
    const file = join(this.path, 'filler')
    let size = Math.max(0, this.freeBytes - leaveBytes)
    // Indirect blocks take some as well: what does not fit at once is tried smaller.
    for (; size > 0; size -= 256 * 1024) {
      try {
        run('fallocate', ['-l', String(size), file])
        break
      } catch {
        rmSync(file, { force: true })
      }
    }
    if (leaveBytes === 0) this.#fillRest()
  }

  #fillRest(): void {
    for (let n = 0; n < 10_000; n++) {
      try {
        writeFileSync(join(this.path, `filler-${n}`), Buffer.alloc(n < 50 ? 64 * 1024 : 4096))
      } catch {
        return
      }
    }
  }

  free(): void {
    run('bash', ['-c', `rm -f ${join(this.path, 'filler')}*`])
  }

  destroy(): void {
    if (this.#mounted && existsSync(this.path)) this.unmount()
    rmSync(this.#home, { recursive: true, force: true })
  }
}
