/**
 * Versions of peers, as ordinals of Java's MQVersion. From 4.0.0 on each release takes two ordinals (its snapshot
 * first), ten releases to a minor version and ten minors to a major one, so the number can be computed.
 */
const firstRegular = 213

const ordinalOf = (major: number, minor: number, patch: number): number =>
  firstRegular + (major - 4) * 200 + minor * 20 + patch * 2

/** Versions at which the wire changed. */
export const versions = {
  V3_4_9: 121,
  V4_9_3: ordinalOf(4, 9, 3),
  /** From here on a topic route is answered in standard JSON. */
  V4_9_4: ordinalOf(4, 9, 4),
  /** From here on a compressed registration carries static topic mappings. */
  V5_0_0: ordinalOf(5, 0, 0),
  /** Only later clients understand GO_AWAY. */
  V5_3_1: ordinalOf(5, 3, 1),
  V5_5_0: ordinalOf(5, 5, 0)
} as const

/** The version mq speaks, and says that it is. */
export const ownVersion = versions.V5_5_0

/** Java's name of a version, such as `V5_5_0`; releases before 4.0.0 were numbered irregularly and are named in part. */
export const versionName = (ordinal: number): string => {
  if (ordinal === versions.V3_4_9) return 'V3_4_9'
  if (!Number.isInteger(ordinal) || ordinal < firstRegular - 1) return 'V3'
  const steps = ordinal - firstRegular + 1
  const major = 4 + Math.floor(steps / 200)
  const minor = Math.floor((steps % 200) / 20)
  const patch = Math.floor((steps % 20) / 2)
  return `V${major}_${minor}_${patch}${steps % 2 === 0 ? '_SNAPSHOT' : ''}`
}
