/**
 * Values by namespace and key, kept in one file of the data directory. A change is seen once it is durable.
 * Java: KVConfigManager, whose file format this is.
 */
import { MqError } from '../kit/errors.ts'
import { readBody, record, text } from '../protocol/bodies/shape.ts'
import { table } from '../protocol/bodies/tables.ts'
import { writeJson } from '../protocol/fastjson.ts'
import { readDurably, writeDurably } from './durable-file.ts'

/** The namespace of the ordered topics, which brokers are told when they register. */
export const orderTopicNamespace = 'ORDER_TOPIC_CONFIG'

/** All names and values together, in characters: the file is rewritten with each change. */
const charactersMax = 4 * 1024 * 1024

const fileShape = record({ configTable: table(table(text)) })

type Table = ReadonlyMap<string, ReadonlyMap<string, string>>

export class KvConfig {
  readonly #path: string
  #table: Table
  /** The last change, done or under way: changes follow one another. */
  #last: Promise<void> = Promise.resolve()

  private constructor(path: string, table: Table) {
    this.#path = path
    this.#table = table
  }

  /** Rejects with MQ_CONFIG_INVALID when there is a file that cannot be read; it is never overwritten with less. */
  static async open(path: string): Promise<KvConfig> {
    const content = await readDurably(path)
    if (content === undefined || content.trim() === '') return new KvConfig(path, new Map())
    try {
      return new KvConfig(path, readBody(fileShape, content).configTable)
    } catch (cause) {
      throw new MqError('MQ_CONFIG_INVALID', `${path} is not a table of namespaces, keys and values`, { cause })
    }
  }

  get(namespace: string, key: string): string | undefined {
    return this.#table.get(namespace)?.get(key)
  }

  /** Undefined: there never was such a namespace. */
  list(namespace: string): ReadonlyMap<string, string> | undefined {
    return this.#table.get(namespace)
  }

  /** Resolves when it is durable. Rejects with MQ_TOO_BUSY when the table is full, MQ_STORE_UNAVAILABLE. */
  put(namespace: string, key: string, value: string): Promise<void> {
    return this.#change(namespace, keys => void keys.set(key, value))
  }

  /** Resolves when it is durable; an absent key is no error. */
  delete(namespace: string, key: string): Promise<void> {
    return this.#table.has(namespace) ? this.#change(namespace, keys => void keys.delete(key)) : this.#last
  }

  #change(namespace: string, change: (keys: Map<string, string>) => void): Promise<void> {
    const run = async (): Promise<void> => {
      const keys = new Map(this.#table.get(namespace))
      change(keys)
      const next = new Map(this.#table).set(namespace, keys)
      const content = writeJson({ configTable: next })
      if (content.length > charactersMax) {
        throw new MqError('MQ_TOO_BUSY', `the table of values is full: at most ${charactersMax} characters are kept`)
      }
      await writeDurably(this.#path, content)
      this.#table = next
    }
    const done = this.#last.then(run)
    this.#last = done.catch(() => {})
    return done
  }
}
