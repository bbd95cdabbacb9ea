/** The first README command, and what it promises: quick to start, small when idle. */
import { execFile, spawn } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { expect } from 'chai'
import { eventually } from '../support/eventually.ts'
import { spawnMq } from '../support/mq.ts'
import { tempDir } from '../support/temp-dir.ts'

const run = promisify(execFile)

/** Milliseconds that this machine takes now to start Node and end it: what all times here are measured in. */
const nodeMs = async (): Promise<number> => {
  const times: number[] = []
  for (let turn = 0; turn < 3; turn++) {
    const began = performance.now()
    await run(process.execPath, ['-e', '0'])
    times.push(performance.now() - began)
  }
  return times.sort((left, right) => left - right)[1]!
}

/** Bytes of memory that are the process's own. */
const ownMemory = (pid: number): number => {
  const status = readFileSync(`/proc/${pid}/status`, 'utf8')
  const kilobytes = ['RssAnon', 'RssShmem'].map(name =>
    Number(new RegExp(`^${name}:\\s+(\\d+) kB`, 'm').exec(status)![1])
  )
  return kilobytes.reduce((sum, value) => sum + value, 0) * 1024
}

describe('npm start', () => {
  it('shows a round trip and ends with 0', async function () {
    this.timeout(120_000)
    const dir = tempDir()
    const args = ['start', '--', '--exit', '--ports', 'auto', '--data-dir', dir.path]
    const { stdout } = await run('npm', args, { env: { ...process.env, NO_UPDATE_NOTIFIER: '1' } })
    expect(stdout).to.match(/^sent +broker-a\/\d\/\d+ +Hello from mq$/m)
    expect(stdout).to.match(/^received broker-a\/\d\/\d+ +Hello from mq$/m)
    expect(stdout).to.contain('./bin/run.js consume orders').and.to.contain('CLIENT')
    dir.remove()
  })
})

describe('mq dev', () => {
  it('is ready soon and small when idle, measured against node -e 0', async function () {
    if (!existsSync('/proc/self/status')) this.skip()
    this.timeout(60_000)
    const dir = tempDir()
    const unit = await nodeMs()
    const readyFile = join(dir.path, 'ready.json')
    const began = performance.now()
    const dev = spawnMq(['dev', '--ports', 'auto', '--data-dir', join(dir.path, 'data'), '--ready-file', readyFile])
    dev.stdout!.resume()
    dev.stderr!.resume()
    await eventually(() => existsSync(readyFile), 'the ready file', 50_000)
    const readyMs = performance.now() - began
    const memory = ownMemory(dev.pid!)
    const bare = spawn(process.execPath, ['-e', 'process.stdin.resume()'], { stdio: ['pipe', 'ignore', 'ignore'] })
    await eventually(() => ownMemory(bare.pid!) > 4 * 1024 * 1024, 'a bare node')
    const bareMemory = ownMemory(bare.pid!)
    bare.kill()
    const ended = new Promise(resolve => dev.once('exit', resolve))
    dev.kill('SIGTERM')
    expect(await ended).to.equal(0)
    dir.remove()
    // On a quiet machine Node takes 40 ms, so that 25 of it are the promised second.
    expect(readyMs / unit, `ready after ${readyMs} ms, node -e 0 takes ${unit} ms`).to.be.below(25)
    expect(memory, `${memory} bytes, a bare node has ${bareMemory}`).to.be.below(120e6)
    expect(memory / bareMemory).to.be.below(15)
  })

  it('ends at once on a second signal', async function () {
    this.timeout(60_000)
    const dir = tempDir()
    const readyFile = join(dir.path, 'ready.json')
    const dev = spawnMq(['dev', '--ports', 'auto', '--data-dir', join(dir.path, 'data'), '--ready-file', readyFile])
    dev.stdout!.resume()
    dev.stderr!.resume()
    await eventually(() => existsSync(readyFile), 'the ready file', 50_000)
    const ended = new Promise<number | null>(resolve => dev.once('exit', resolve))
    dev.kill('SIGTERM')
    dev.kill('SIGINT')
    // Both may come before the first is handled; the exit tells which way it went, and neither way hangs.
    expect(await ended).to.be.oneOf([0, 130, 143])
    dir.remove()
  })
})
