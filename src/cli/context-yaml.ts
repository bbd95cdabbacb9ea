/** A context as YAML in the person's editor. */
import { parse, stringify } from 'yaml'
import { errorText, MqError } from '../kit/errors.ts'
import { type ContextSettings, readSettings, settingKeys } from './context-settings.ts'
import type { Env } from './contexts.ts'
import { edited } from './editor.ts'

/** The settings as they were saved. Rejects with MQ_CONFIG_INVALID, MQ_USAGE (no editor), MQ_DECLINED. */
export const editedSettings = async (name: string, before: ContextSettings, env: Env): Promise<ContextSettings> => {
  const help = settingKeys.map(key => `# ${key.name}: ${key.help}`).join('\n')
  const text = await edited(`# The context ${name}\n${help}\n${stringify(before)}`, `${name}.yaml`, env)
  try {
    return readSettings(parse(text, { schema: 'core', maxAliasCount: 20 }) ?? {}, `the context ${name}`)
  } catch (error) {
    if (error instanceof MqError) throw error
    throw new MqError('MQ_CONFIG_INVALID', `the context ${name} is no YAML: ${errorText(error)}`, { cause: error })
  }
}
