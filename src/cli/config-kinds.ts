/** Configuration files told apart by their names, and the check of those that people's own settings are in. */
import { readFileSync } from 'node:fs'
import { basename, extname } from 'node:path'
import { errorText, MqError } from '../kit/errors.ts'
import { contextsOf } from './contexts.ts'
import { parseProjectFile } from './project-file.ts'
import type { ConfigFinding } from './result-rows.ts'

/** Throws MQ_USAGE for a file of no known kind. */
export const configKind = (file: string): ConfigFinding['kind'] => {
  const name = basename(file).toLowerCase()
  if (['.yaml', '.yml'].includes(extname(name))) return 'project'
  if (extname(name) === '.json') return 'contexts'
  if (['.conf', '.properties'].includes(extname(name))) return name.includes('namesrv') ? 'namesrv' : 'broker'
  throw new MqError('MQ_USAGE', `${file} is neither .yaml, .json, .conf nor .properties, so its kind cannot be told`)
}

/** Throws MQ_CONFIG_INVALID. */
export const validateSettings = (file: string, kind: 'project' | 'contexts'): void => {
  const text = readText(file)
  if (kind === 'project') parseProjectFile(text, file)
  else contextsOf(parseJson(text, file), file)
}

const readText = (file: string): string => {
  try {
    return readFileSync(file, 'utf8')
  } catch (error) {
    throw new MqError('MQ_CONFIG_INVALID', `${file} cannot be read: ${errorText(error)}`, { cause: error })
  }
}

const parseJson = (text: string, file: string): unknown => {
  try {
    return JSON.parse(text)
  } catch (error) {
    throw new MqError('MQ_CONFIG_INVALID', `${file} is not JSON: ${errorText(error)}`, { cause: error })
  }
}
