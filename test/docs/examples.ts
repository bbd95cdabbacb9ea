/** Runs the examples that people copy: each block of a page marked `<!-- run -->`, as it stands, on one cluster. */
import { execFile } from 'node:child_process'
import { chmodSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { expect } from 'chai'
import { cluster } from '../support/mq.ts'
import { type TempDir, tempDir } from '../support/temp-dir.ts'

const run = promisify(execFile)

const blocks = (file: string): string[] =>
  [...readFileSync(file, 'utf8').matchAll(/<!-- run -->\n```sh\n([\s\S]*?)```/g)].map(match => match[1]!)

export const runsExamplesOf = (files: readonly string[]): void => {
  const dev = cluster()
  let dir: TempDir

  before(() => {
    dir = tempDir()
    const bin = join(dir.path, 'bin')
    mkdirSync(bin)
    writeFileSync(
      join(bin, 'mq'),
      `#!/bin/sh\nexec "${process.execPath}" "${join(process.cwd(), 'bin/run.js')}" "$@"\n`
    )
    chmodSync(join(bin, 'mq'), 0o755)
  })
  after(() => dir.remove())

  for (const file of files) {
    it(`${file} has examples`, () => expect(blocks(file)).not.to.have.length(0))
    for (const [at, block] of blocks(file).entries()) {
      it(`${file}, block ${at + 1}`, async function () {
        this.timeout(120_000)
        const PATH = `${join(dir.path, 'bin')}:${process.env['PATH']}`
        const env = { PATH, HOME: dir.path, NAMESRV_ADDR: dev().namesrv }
        const { stderr } = await run('sh', ['-e', '-c', block], { cwd: dir.path, env })
        expect(stderr).not.to.contain('Error:')
      })
    }
  }
}
