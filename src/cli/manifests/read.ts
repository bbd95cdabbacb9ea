/** Reads manifests: YAML or JSON, of mq, or the lists and exports of Apache's mqadmin. */
import { readdir, readFile, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { parseAllDocuments } from 'yaml'
import { errorText, MqError } from '../../kit/errors.ts'
import { groupOfApache, type Manifest, manifestOf, topicOfApache } from './manifest.ts'

/** Bytes of all files together. */
const bytesMax = 16 * 1024 * 1024

/** Files, directories with *.yaml, *.yml and *.json in them, or `-` for standard input. Rejects with MQ_USAGE. */
export const readManifests = async (
  sources: readonly string[],
  stdin: AsyncIterable<Buffer | string>
): Promise<Manifest[]> => {
  const found: Manifest[] = []
  let bytes = 0
  for (const source of sources) {
    for (const file of source === '-' ? ['-'] : await filesOf(source)) {
      const text = file === '-' ? await textOf(stdin) : await read(file)
      bytes += Buffer.byteLength(text)
      if (bytes > bytesMax) throw new MqError('MQ_USAGE', `the manifests have more than ${bytesMax} bytes`)
      found.push(...manifestsIn(text, file === '-' ? 'standard input' : file))
    }
  }
  return found
}

const filesOf = async (path: string): Promise<string[]> => {
  const is = await stat(path).catch(error => {
    throw new MqError('MQ_USAGE', `${path} cannot be read: ${errorText(error)}`)
  })
  if (!is.isDirectory()) return [path]
  const names = (await readdir(path)).filter(name => /\.(ya?ml|json)$/.test(name)).sort()
  if (names.length === 0) throw new MqError('MQ_USAGE', `${path} has no .yaml, .yml or .json in it`)
  return names.map(name => join(path, name))
}

const read = async (file: string): Promise<string> => {
  try {
    return await readFile(file, 'utf8')
  } catch (error) {
    throw new MqError('MQ_USAGE', `${file} cannot be read: ${errorText(error)}`)
  }
}

const textOf = async (stdin: AsyncIterable<Buffer | string>): Promise<string> => {
  const parts: Buffer[] = []
  let bytes = 0
  for await (const part of stdin) {
    const chunk = Buffer.from(part)
    bytes += chunk.length
    if (bytes > bytesMax) throw new MqError('MQ_USAGE', `standard input has more than ${bytesMax} bytes`)
    parts.push(chunk)
  }
  return Buffer.concat(parts).toString('utf8')
}

/** Throws MQ_USAGE with the line of the fault. */
export const manifestsIn = (text: string, where: string): Manifest[] => {
  const documents = parseAllDocuments(text)
  const list = Array.isArray(documents) ? documents : []
  return list.flatMap((document, at) => {
    const [error] = document.errors
    if (error !== undefined) {
      const line = error.linePos?.[0].line ?? 0
      throw new MqError('MQ_USAGE', `${where}, line ${line}: ${errorText(error).split(' at line', 1)[0]}`)
    }
    const value: unknown = toPlain(document, where)
    return value === null || value === undefined ? [] : objectsIn(value, `${where}, document ${at + 1}`)
  })
}

/** An alias could make a small text a huge object. */
const toPlain = (document: { toJS(options: { maxAliasCount: number }): unknown }, where: string): unknown => {
  try {
    return document.toJS({ maxAliasCount: 0 })
  } catch (error) {
    throw new MqError('MQ_USAGE', `${where}: ${errorText(error)}`)
  }
}

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** A document is a manifest, a list of them or of what mqadmin reads, or what mqadmin exports. */
const objectsIn = (value: unknown, where: string): Manifest[] => {
  if (Array.isArray(value)) return value.flatMap((entry, at) => objectsIn(entry, `${where}, entry ${at + 1}`))
  if (!isObject(value)) throw new MqError('MQ_USAGE', `${where}: this is no manifest`)
  if ('kind' in value) return [manifestOf(value, where)]
  if (Array.isArray(value['items'])) return objectsIn(value['items'], where)
  if ('topicName' in value) return [topicOfApache(value, where)]
  if ('groupName' in value) return [groupOfApache(value, where)]
  const { topicConfigTable: topics, subscriptionGroupTable: groups } = value
  if (!isObject(topics) && !isObject(groups)) {
    throw new MqError('MQ_USAGE', `${where}: this has no kind, and is no list or export of mqadmin`)
  }
  return [
    ...(isObject(topics) ? Object.values(topics).map(entry => topicOfApache(entry, where)) : []),
    ...(isObject(groups) ? Object.values(groups).map(entry => groupOfApache(entry, where)) : [])
  ]
}
