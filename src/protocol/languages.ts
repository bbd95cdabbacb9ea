/** Languages of clients, as ordinals of Java's LanguageCode: the JSON header carries the name, the binary one the number. */
export const languageNames = [
  'JAVA',
  'CPP',
  'DOTNET',
  'PYTHON',
  'DELPHI',
  'ERLANG',
  'RUBY',
  'OTHER',
  'HTTP',
  'GO',
  'PHP',
  'OMS',
  'RUST',
  'NODE_JS'
] as const
export type LanguageName = (typeof languageNames)[number]

const ordinals: ReadonlyMap<string, number> = new Map(languageNames.map((name, ordinal) => [name, ordinal]))

/** What unknown names and numbers are read as. */
export const otherLanguage = languageNames.indexOf('OTHER')

/**
 * What mq writes into its own commands. Older peers know no NODE_JS and would hold a null in its place, which some of
 * their tools stumble over; every peer knows JAVA.
 */
export const ownLanguage = languageNames.indexOf('JAVA')

export const languageOrdinal = (name: string): number => ordinals.get(name) ?? otherLanguage
export const languageName = (ordinal: number): LanguageName => languageNames[ordinal] ?? 'OTHER'
