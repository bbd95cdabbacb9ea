/** What `stop`, `status` and `logs` promise is the same for every daemon. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect } from 'chai'
import { eventually } from './eventually.ts'
import { mq } from './mq.ts'
import { tempDir } from './temp-dir.ts'

export interface DaemonCase {
  readonly kind: 'dev' | 'namesrv' | 'broker'
  /** The command line that starts it in `dir`, detached. */
  start(dir: string): readonly string[]
}

const started = async ({ start }: DaemonCase, dir: string): Promise<{ pid: number; addresses: object }> => {
  const { code, stdout, stderr } = await mq([...start(dir), '--detach', '--json'])
  expect(code, stdout + stderr).to.equal(0)
  return JSON.parse(stdout)
}

const alive = (pid: number): boolean => {
  try {
    return process.kill(pid, 0)
  } catch {
    return false
  }
}

const within = async (test: DaemonCase, act: (dir: string, pid: number) => Promise<void>): Promise<void> => {
  const dir = tempDir()
  const { pid } = await started(test, dir.path)
  try {
    await act(dir.path, pid)
  } finally {
    if (alive(pid)) process.kill(pid, 'SIGKILL')
    dir.remove()
  }
}

/** `stop`: waits until the process is gone; says so when there is none. */
export const testStop = (test: DaemonCase): void => {
  it('waits for the end, and leaves nothing of its own behind', () =>
    within(test, async (dir, pid) => {
      const { code, stdout } = await mq([test.kind, 'stop', '--data-dir', dir, '--json'])
      expect(code).to.equal(0)
      expect(JSON.parse(stdout)).to.deep.equal({ pid, stopped: true })
      expect((await mq([test.kind, 'status', '--data-dir', dir])).code).to.equal(4)
      const again = await mq([test.kind, 'stop', '--data-dir', dir])
      expect(again.code).to.equal(4)
      expect(again.stderr).to.contain('Try this:')
    }))
}

/** `status`: where it listens, for people and scripts. */
export const testStatus = (test: DaemonCase): void => {
  it('shows state, pid and addresses', () =>
    within(test, async (dir, pid) => {
      const { stdout } = await mq([test.kind, 'status', '--data-dir', dir, '--json'])
      const status = JSON.parse(stdout)
      expect(status).to.include({ kind: test.kind, state: 'ready', pid, dataDir: dir })
      expect(readFileSync(join(dir, `${test.kind}.pid`), 'utf8')).to.equal(`${pid}\n`)
      expect(status.addresses.http).to.match(/^http:\/\/127\.0\.0\.1:\d+$/)
      const ready = await fetch(`${status.addresses.http}/readyz`)
      expect(ready.status).to.equal(200)
      expect((await mq([test.kind, 'status', '--data-dir', dir])).stdout).to.contain(`ready for`)
    }))

  it('exits with 4 when none runs, also after a kill -9', () =>
    within(test, async (dir, pid) => {
      process.kill(pid, 'SIGKILL')
      // While it dies it is there and does not answer.
      const gone = async (): Promise<boolean> => (await mq([test.kind, 'status', '--data-dir', dir])).code === 4
      await eventually(gone, 'no process, exit code 4')
      const { pid: next } = await started(test, dir)
      expect(next).not.to.equal(pid)
      expect((await mq([test.kind, 'stop', '--data-dir', dir])).code).to.equal(0)
    }))
}

/** `logs`: what a detached daemon wrote. */
export const testLogs = (test: DaemonCase): void => {
  it('shows the last lines, JSON each', () =>
    within(test, async dir => {
      const { code, stdout } = await mq([test.kind, 'logs', '--data-dir', dir, '-N', '1'])
      expect(code).to.equal(0)
      expect(JSON.parse(stdout).msg).to.equal(`The ${test.kind} boot success.`)
    }))

  it('exits with 4 when there is no log', async () => {
    const dir = tempDir()
    expect((await mq([test.kind, 'logs', '--data-dir', dir.path])).code).to.equal(4)
    dir.remove()
  })
}
