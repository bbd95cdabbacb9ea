/** The files below `templates/` that people begin with. */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { MqError } from '../kit/errors.ts'
import { nearest } from '../kit/nearest.ts'
import type { WrittenFile } from './result-rows.ts'

/** What it is called here and where it is written. */
const templates: ReadonlyMap<string, string> = new Map([
  ['mq.yaml', 'mq.yaml'],
  ['broker.conf', 'broker.conf'],
  ['namesrv.conf', 'namesrv.conf'],
  ['compose.yaml', 'compose.yaml'],
  ['Dockerfile', 'Dockerfile'],
  ['ci.yaml', '.github/workflows/mq.yaml']
])

export const templateNames = (): string[] => [...templates.keys()]

/** The directory is beside `src`, or beside `dist` of what is installed. */
const templateText = (name: string): string => {
  let dir = dirname(fileURLToPath(import.meta.url))
  while (!existsSync(join(dir, 'templates', 'broker.conf'))) dir = dirname(dir)
  return readFileSync(join(dir, 'templates', name), 'utf8')
}

export interface TemplateWish {
  readonly dir: string
  readonly force: boolean
  readonly dryRun: boolean
}

/** Throws MQ_USAGE for a name that there is not. */
export const writeTemplates = (names: readonly string[], wish: TemplateWish): WrittenFile[] => {
  const wanted = names.length === 0 ? ['mq.yaml'] : names.includes('all') ? templateNames() : names
  for (const name of wanted) if (!templates.has(name)) throw unknown(name)
  return wanted.map(name => written(name, wish))
}

const unknown = (name: string): MqError => {
  const meant = nearest(name, templates.keys())
  return new MqError('MQ_USAGE', `there is no template ${JSON.stringify(name)}`, {
    suggestions: [
      ...(meant === undefined ? [] : [`did you mean ${meant}?`]),
      `one of ${templateNames().join(', ')}, all`
    ]
  })
}

const written = (name: string, { dir, force, dryRun }: TemplateWish): WrittenFile => {
  const file = join(dir, templates.get(name)!)
  if (existsSync(file) && !force) return { file, outcome: 'kept' }
  if (dryRun) return { file, outcome: 'planned' }
  mkdirSync(dirname(file), { recursive: true })
  writeFileSync(file, templateText(name))
  return { file, outcome: 'written' }
}
