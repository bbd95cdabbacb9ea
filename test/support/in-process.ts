/** `mq` in the process of the tests, from the sources: no build is needed, and a run costs milliseconds. */
import { readFileSync } from 'node:fs'
import { Config, Plugin, run as runOclif, settings } from '@oclif/core'
import type { Finished, MqWish } from './mq.ts'
import { Exited, inside, type Run, textInput, textStream } from './process-runs.ts'

let loading: Promise<Plugin> | undefined

/**
 * The command line as package.json sets it up, with the sources instead of what is built; a new one each time, since
 * oclif's help rewrites the ids of the commands that it shows.
 */
export const sourceConfig = async (): Promise<Config> => {
  loading ??= loadCommands()
  const plugin = await loading
  const commands = plugin.commands.map(command => ({ ...command }))
  const own = Object.create(plugin, { commands: { value: commands } }) as Plugin
  const config = new Config({ root: plugin.root, pjson: plugin.pjson, plugins: new Map([[plugin.name, own]]) })
  await config.load()
  return config
}

const loadCommands = async (): Promise<Plugin> => {
  settings.enableAutoTranspile = false
  const pjson = JSON.parse(readFileSync('package.json', 'utf8').replaceAll(/"\.\/dist\/([^"]*)"/g, '"./$1"')) as {
    oclif: { hooks?: Record<string, string> }
  }
  for (const [name, file] of Object.entries(pjson.oclif.hooks ?? {})) {
    pjson.oclif.hooks![name] = file.replace(/\.js$/, '.ts')
  }
  const root = process.cwd()
  const plugin = new Plugin({ root, pjson, isRoot: true, ignoreManifest: true, type: 'core', name: 'mq' } as never)
  await plugin.load()
  return plugin
}

/** Runs a command to its end. */
export const runInProcess = async (
  args: readonly string[],
  env: Readonly<Record<string, string>>,
  wish: MqWish
): Promise<Finished> => {
  const config = await sourceConfig()
  const out: Buffer[] = []
  const err: Buffer[] = []
  const signals: Run['signals'] = new Map()
  const text = (parts: readonly Buffer[]): string => Buffer.concat(parts).toString('utf8')
  return new Promise<Finished>(resolve => {
    const end = (code: number): void => resolve({ code, stdout: text(out), stderr: text(err) })
    const run: Run = {
      env: { ...env },
      stdin: textInput(wish.input ?? ''),
      stdout: textStream(part => {
        out.push(part)
        wish.onStdout?.(text(out), { kill: signal => deliver(run, signal) })
      }, wish.columns),
      stderr: textStream(part => err.push(part), wish.columns),
      signals,
      exit: code => {
        end(code)
        throw new Exited(code)
      }
    }
    void inside(run, () => execute(config, args)).then(end)
  })
}

/** What bin/run.js does, up to the exit code. */
const execute = async (config: Config, args: readonly string[]): Promise<number> => {
  try {
    await runOclif([...args], config as never)
    return 0
  } catch (error) {
    if (error instanceof Exited) return error.code
    const { oclif, code, message } = error as Error & { oclif?: { exit?: number }; code?: string }
    if (code !== 'EEXIT') process.stderr.write(`${message}\n`)
    return oclif?.exit ?? 1
  }
}

/** A signal as the command's own handlers see it; without one it ends the run, as it would end a process. */
const deliver = (run: Run, signal: NodeJS.Signals = 'SIGTERM'): boolean => {
  const listeners = run.signals.get(signal) ?? []
  void inside(run, async () => {
    if (listeners.length === 0) run.exit(signal === 'SIGINT' ? 130 : 143)
    for (const listener of listeners) listener()
  }).catch(() => {})
  return true
}
