/** Help and version are asked for all day long: they load the command line and nothing that serves. */
import { execFile } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { expect } from 'chai'
import { type TempDir, tempDir } from '../support/temp-dir.ts'

const run = promisify(execFile)
const forbidden =
  /\/(fastify|prom-client|level|classic-level|abstract-level|pino)\/|\/dist\/src\/(store|broker|namesrv|http|metrics|daemon)\//

describe('start-up', () => {
  let dir: TempDir
  before(() => {
    dir = tempDir()
    // A loader that writes the address of everything that is imported; CommonJS files are in require.cache at the end.
    writeFileSync(
      join(dir.path, 'spy.mjs'),
      `import { register, createRequire } from 'node:module'
import { MessageChannel } from 'node:worker_threads'
import { writeFileSync } from 'node:fs'
const seen = []
const { port1, port2 } = new MessageChannel()
port1.on('message', url => seen.push(url))
port1.unref()
register('data:text/javascript,' + encodeURIComponent(\`let port
export const initialize = data => { port = data.port }
export const load = (url, context, next) => { port.postMessage(url); return next(url, context) }\`), { data: { port: port2 }, transferList: [port2] })
import { receiveMessageOnPort } from 'node:worker_threads'
process.on('exit', () => {
  for (let item; (item = receiveMessageOnPort(port1)) !== undefined; ) seen.push(item.message)
  seen.push(...Object.keys(createRequire(import.meta.url).cache))
  writeFileSync(process.env.SEEN_FILE, JSON.stringify(seen))
})`
    )
  })
  after(() => dir.remove())

  const loaded = async (...args: string[]): Promise<string[]> => {
    const seen = join(dir.path, 'seen.json')
    const env = { ...process.env, SEEN_FILE: seen }
    await run(process.execPath, ['--import', join(dir.path, 'spy.mjs'), 'bin/run.js', ...args], { env }).catch(() => {})
    const { readFileSync } = await import('node:fs')
    return JSON.parse(readFileSync(seen, 'utf8')) as string[]
  }

  for (const args of [['--version'], ['topic', 'list', '--help'], ['topic', 'list', '-n', '127.0.0.1:1']]) {
    it(`mq ${args.join(' ')} loads no server and no database`, async () => {
      const files = await loaded(...args)
      expect(files.some(file => file.includes('@oclif/core'))).to.equal(true)
      expect(files.filter(file => forbidden.test(file))).to.deep.equal([])
    })
  }

  it('the spy sees what a daemon loads', async () => {
    const files = await loaded('namesrv', 'start', '--port', '70000')
    expect(files.some(file => forbidden.test(file))).to.equal(true)
  })
})
