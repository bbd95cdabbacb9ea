/** What is published: the tarball installs as a command of its own and runs. */
import { execFile } from 'node:child_process'
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { expect } from 'chai'
import { type TempDir, tempDir } from '../support/temp-dir.ts'

const run = promisify(execFile)

describe('the packed tarball', () => {
  let dir: TempDir
  let tarball: string
  let files: string[]

  before(async function () {
    this.timeout(120_000)
    dir = tempDir()
    const { stdout } = await run('npm', ['pack', '--json', '--ignore-scripts', '--pack-destination', dir.path])
    const [packed] = JSON.parse(stdout) as [{ filename: string; files: { path: string }[] }]
    tarball = join(dir.path, packed.filename)
    files = packed.files.map(file => file.path)
  })
  after(() => dir.remove())

  it('holds what runs and nothing else', () => {
    const places = new Set(files.map(file => file.replace(/\/.*/, '')))
    expect([...places].sort()).to.deep.equal([
      'LICENSE',
      'README.md',
      'bin',
      'dist',
      'oclif.manifest.json',
      'package.json',
      'templates'
    ])
    expect(files).to.include.members(['dist/commands/dev.js', 'dist/src/broker/broker.js', 'templates/broker.conf'])
    expect(files.filter(file => file.endsWith('.tsbuildinfo'))).to.deep.equal([])
  })

  it('installs with npm i -g, and serves and answers', async function () {
    this.timeout(240_000)
    const prefix = join(dir.path, 'prefix')
    mkdirSync(prefix)
    // What npm ci fetched is in npm's cache, so this asks the network only for what is not there.
    const quiet = ['--prefer-offline', '--no-audit', '--no-fund', '--loglevel=error']
    await run('npm', ['install', '--global', '--prefix', prefix, ...quiet, tarball])
    const installed = join(prefix, 'bin', 'mq')
    expect((await run(installed, ['--version'])).stdout).to.match(/^mq\/\d+\.\d+\.\d+ /)
    const { stdout } = await run(installed, ['dev', '--ports', 'auto', '--ephemeral', '--demo', '--exit'], {
      cwd: dir.path
    })
    expect(stdout).to.match(/^received .* Hello from mq$/m)
  })
})
