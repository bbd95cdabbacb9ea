/** What is published: the tarball installs as a command of its own and runs. */
import { execFile } from 'node:child_process'
import { mkdirSync, readFileSync, renameSync, symlinkSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { promisify } from 'node:util'
import { expect } from 'chai'
import { type TempDir, tempDir } from '../support/temp-dir.ts'

const run = promisify(execFile)

const strictest = {
  noEmit: true,
  module: 'nodenext',
  target: 'es2023',
  lib: ['es2023', 'esnext.disposable'],
  types: ['node'],
  strict: true,
  exactOptionalPropertyTypes: true,
  noUncheckedIndexedAccess: true,
  noPropertyAccessFromIndexSignature: true
}

/** Uses each name of the library the way a program would; what it returns is checked by its type. */
const typedProgram = `
import {
  Admin, average, byHash, byRandom, circle, consistentHash, LitePullConsumer, machineRoom, MqError, Producer, PushConsumer,
  roundRobin, sameMachineRoom, startDev
} from 'mq'
import type { ErrorCode, MessageHandler, ReceivedMessage, SendReceipt, SendStatus } from 'mq'

await using dev = { ...(await startDev({ broker: { messageDelayLevel: '1s' } })), [Symbol.asyncDispose]: async () => {} }
const { namesrvAddr } = dev
await using producer = await Producer.open({ namesrvAddr, compression: 'zstd', compressionLevel: 3, selector: roundRobin() })
const receipt: SendReceipt = await producer.send(
  { topic: 'T', body: Buffer.from('x'), properties: [['a', 'b']] },
  { selector: byHash('key'), signal: AbortSignal.timeout(1000) }
)
const status: SendStatus = receipt.status
const handler: MessageHandler = async (message: ReceivedMessage, { attempt, signal }) => {
  const size: number = message.body.length
  if (attempt > 1 && !signal.aborted) return { retry: 3 }
  return size
}
await using consumer = await PushConsumer.open({
  namesrvAddr, group: 'g', topics: { T: '*' }, handler, rebalance: circle, flow: { messagesMax: 10 }
})
await using lite = await LitePullConsumer.open({ namesrvAddr, group: 'l', rebalance: consistentHash })
for await (const message of lite.messages({ signal: AbortSignal.timeout(10) })) console.log(message.messageId)
const admin = await Admin.open({ namesrvAddr })
try {
  console.log((await admin.describeTopic('T')).queues.length, status, average, machineRoom(['a']), byRandom(), sameMachineRoom([]))
} catch (error) {
  const code: ErrorCode | undefined = error instanceof MqError ? error.code : undefined
  console.log(code)
}
// @ts-expect-error: there is no such compression
await Producer.open({ compression: 'gzip' })
// @ts-expect-error: a handler is needed
await PushConsumer.open({ group: 'g', topics: { T: '*' } })
console.log(consumer.queues)
`

describe('the packed tarball', () => {
  let dir: TempDir
  let prefix: string
  let tarball: string
  let files: string[]

  before(async function () {
    this.timeout(120_000)
    dir = tempDir()
    prefix = join(dir.path, 'prefix')
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

  it('installs as a command of its own, and serves and answers', async function () {
    this.timeout(240_000)
    await install(tarball, prefix)
    const installed = join(prefix, 'bin', 'mq')
    expect((await run(installed, ['--version'])).stdout).to.match(/^mq\/\d+\.\d+\.\d+ /)
    const { stdout } = await run(installed, ['dev', '--ports', 'auto', '--ephemeral', '--demo', '--exit'], {
      cwd: dir.path
    })
    expect(stdout).to.match(/^received .* Hello from mq$/m)
  })

  it('is a library whose types a strict TypeScript program compiles against, and reaches nothing else', async function () {
    this.timeout(120_000)
    const program = join(dir.path, 'program')
    mkdirSync(join(program, 'node_modules/@types'), { recursive: true })
    symlinkSync(join(prefix, 'lib/node_modules/mq'), join(program, 'node_modules/mq'))
    symlinkSync(join(process.cwd(), 'node_modules/@types/node'), join(program, 'node_modules/@types/node'))
    writeFileSync(
      join(program, 'tsconfig.json'),
      JSON.stringify({ compilerOptions: strictest, files: ['program.mts'] })
    )
    writeFileSync(join(program, 'program.mts'), typedProgram)
    const tsc = join(process.cwd(), 'node_modules/.bin/tsc')
    const { stdout } = await run(tsc, ['-p', program]).catch(error => error)
    expect(stdout).to.equal('')
    writeFileSync(join(program, 'deep.mjs'), "import 'mq/dist/src/broker/broker.js'\n")
    const refused = await run(process.execPath, [join(program, 'deep.mjs')]).catch(error => error)
    expect(refused.stderr).to.contain('ERR_PACKAGE_PATH_NOT_EXPORTED')
  })
})

/**
 * With npm itself where a clean machine checks a change; elsewhere half a minute is saved by unpacking, beside links to
 * exactly the packages that package.json names.
 */
const install = async (tarball: string, prefix: string): Promise<void> => {
  mkdirSync(join(prefix, 'lib/node_modules'), { recursive: true })
  if (process.env['CI'] !== undefined) {
    // What npm ci fetched is in npm's cache, so this asks the network only for what is not there.
    const quiet = ['--prefer-offline', '--no-audit', '--no-fund', '--loglevel=error']
    await run('npm', ['install', '--global', '--prefix', prefix, ...quiet, tarball])
    return
  }
  const own = join(prefix, 'lib/node_modules/mq')
  await run('tar', ['-xzf', tarball, '-C', dirname(own)])
  renameSync(join(dirname(own), 'package'), own)
  const { dependencies } = JSON.parse(readFileSync(join(own, 'package.json'), 'utf8')) as { dependencies: object }
  for (const name of Object.keys(dependencies)) {
    mkdirSync(dirname(join(own, 'node_modules', name)), { recursive: true })
    symlinkSync(join(process.cwd(), 'node_modules', name), join(own, 'node_modules', name))
  }
  mkdirSync(join(prefix, 'bin'))
  symlinkSync(join(own, 'bin/run.js'), join(prefix, 'bin/mq'))
}
