/** The examples of docs/client.md: each block marked `<!-- run -->` runs as it stands, in the order of the page. */
import { execFile } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { promisify } from 'node:util'
import { expect } from 'chai'
import ts from 'typescript'
import { type Dev, startDev } from '../../src/index.ts'
import { type TempDir, tempDir } from '../support/temp-dir.ts'

const run = promisify(execFile)
const blocks = [...readFileSync('docs/client.md', 'utf8').matchAll(/<!-- run -->\n```ts\n([\s\S]*?)```/g)]

describe('docs/client.md', () => {
  let dev: Dev
  let dir: TempDir

  before(async function () {
    this.timeout(30_000)
    dev = await startDev()
    dir = tempDir()
  })
  after(async () => {
    await dev.stop()
    dir.remove()
  })

  it('has examples', () => expect(blocks).to.have.length(7))

  for (const [at, [, block]] of blocks.entries()) {
    it(`block ${at + 1}`, async function () {
      this.timeout(60_000)
      const file = join(dir.path, `block-${at + 1}.mjs`)
      // What is built and types taken away: the start of a process costs less so than with a loader of TypeScript.
      const library = pathToFileURL(join(process.cwd(), 'dist/src/index.js')).href
      const { outputText } = ts.transpileModule(block!, { compilerOptions: { target: ts.ScriptTarget.ES2022 } })
      writeFileSync(file, outputText.replace("from 'mq'", `from '${library}'`))
      const env = { PATH: process.env['PATH'], HOME: dir.path, NAMESRV_ADDR: dev.namesrvAddr }
      const { stdout, stderr } = await run(process.execPath, [file], { env, timeout: 50_000 })
      expect(stderr).to.equal('')
      // The last one prints nothing.
      if (at < blocks.length - 1) expect(stdout).not.to.equal('')
    })
  }

  it('importing the library loads no server code', async () => {
    // What a module graph cannot hide: packages that only servers use.
    const library = pathToFileURL(join(process.cwd(), 'dist/src/index.js')).href
    const script = `await import(${JSON.stringify(library)}); const files = process.report.getReport().sharedObjects
      console.log(files.filter(file => /level/.test(file)).length)`
    const { stdout } = await run(process.execPath, ['--input-type=module', '-e', script])
    expect(stdout.trim()).to.equal('0')
  })
})
