/**
 * The published jars of Apache RocketMQ and the classes compiled against them. Maven fetches each set once into
 * ~/.cache/mq-interop (or $MQ_INTEROP_CACHE); a missing JDK or Maven is an error, since these tests are never skipped.
 */
import { execFile } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync } from 'node:fs'
import { homedir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'

const run = promisify(execFile)
const here = import.meta.dirname
const cache = process.env['MQ_INTEROP_CACHE'] ?? join(homedir(), '.cache', 'mq-interop')

const call = async (command: string, args: string[], hint: string): Promise<void> => {
  try {
    await run(command, args, { maxBuffer: 1 << 26 })
  } catch (error) {
    const { message, stdout } = error as Error & { stdout?: string }
    throw new Error(`${hint}\n${message}\n${stdout ?? ''}`)
  }
}

/** A class path with all jars of `kind` ("server": NameServer, broker, mqadmin; "client") in `version`. */
export const jars = async (kind: 'server' | 'client', version: string): Promise<string> => {
  const target = join(cache, `${kind}-${version}`)
  if (!existsSync(target)) {
    mkdirSync(cache, { recursive: true })
    const partial = mkdtempSync(join(cache, 'partial-'))
    await call(
      'mvn',
      [
        ...['-B', '-q', '-f', join(here, `${kind}.pom.xml`), `-Drocketmq=${version}`],
        ...['dependency:copy-dependencies', '-DincludeScope=runtime', `-DoutputDirectory=${partial}`]
      ],
      `Maven could not fetch the ${kind} jars of Apache RocketMQ ${version}. It needs mvn, a JDK of 17 or later and its package registry.`
    )
    if (existsSync(target)) rmSync(partial, { recursive: true })
    else renameSync(partial, target)
  }
  return join(target, '*')
}

/** Compiles the sources below `sourceDir` into `outDir` and gives back a class path that holds both. */
export const compile = async (sourceDir: string, classPath: string, outDir: string): Promise<string> => {
  const sources = readdirSync(sourceDir, { recursive: true, encoding: 'utf8' })
    .filter(name => name.endsWith('.java'))
    .map(name => join(sourceDir, name))
  mkdirSync(outDir, { recursive: true })
  // With debug information: Apache's JSON library reads the names of constructor parameters from it.
  const options = ['-g', '-nowarn', '-XDignore.symbol.file', '-cp', classPath, '-d', outDir]
  await call('javac', [...options, ...sources], 'The Java sources of the interop tests do not compile.')
  return `${outDir}:${classPath}`
}

/** What Apache's code needs from a JVM of 17 or later. */
export const javaOpens: readonly string[] = [
  ...['java.base/sun.nio.ch', 'java.base/java.nio', 'java.base/jdk.internal.ref'].map(
    name => `--add-opens=${name}=ALL-UNNAMED`
  ),
  ...['java.base/jdk.internal.ref', 'java.base/sun.nio.ch'].map(name => `--add-exports=${name}=ALL-UNNAMED`)
]

/** Options of a small client JVM whose home, logs and offset files all lie below `home`. */
export const clientJava = (home: string, classPath: string): string[] => [
  ...javaOpens,
  ...['-Xms64m', '-Xmx384m', '-XX:TieredStopAtLevel=1', '-XX:+UseSerialGC', '-Dfile.encoding=UTF-8'],
  ...[`-Duser.home=${home}`, `-Drocketmq.client.logRoot=${join(home, 'logs')}`, `-Drocketmq.home.dir=${home}`],
  ...['-cp', classPath]
]
