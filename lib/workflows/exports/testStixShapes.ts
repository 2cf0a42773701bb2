import { z } from 'zod';

/** For tests: STIX 2.1 as its specification says it, for every type we write. Unknown properties are refused. */

const UUID = '[0-9a-f]{8}-[0-9a-f]{4}-[45][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}';
const idOf = (type: string) => z.string().regex(new RegExp(`^${type}--${UUID}$`));
const ref = (...types: readonly string[]) => idOf(`(${types.join('|')})`);
const anyRef = idOf('[a-z][a-z0-9-]+');
const time = z.string().regex(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$/);
const millis = z.string().regex(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
const port = z.int().min(0).max(65_535);

const reference = z
  .strictObject({
    source_name: z.string().min(1),
    description: z.string().optional(),
    url: z.url().optional(),
    external_id: z.string().optional(),
  })
  .refine((one) => one.description !== undefined || one.url !== undefined || one.external_id !== undefined);
const extensions = z.record(
  idOf('extension-definition'),
  z.looseObject({ extension_type: z.literal('property-extension') }),
);

const observable = <Shape extends z.ZodRawShape>(type: string, shape: Shape) =>
  z.strictObject({ type: z.literal(type), id: idOf(type), spec_version: z.literal('2.1'), ...shape });
const domainObject = <Shape extends z.ZodRawShape>(type: string, shape: Shape) =>
  z.strictObject({
    type: z.literal(type),
    id: idOf(type),
    spec_version: z.literal('2.1'),
    created: millis,
    modified: millis,
    created_by_ref: idOf('identity').optional(),
    external_references: z.array(reference).min(1).optional(),
    extensions: extensions.optional(),
    ...shape,
  });

const hashes = z
  .strictObject({
    MD5: z
      .string()
      .regex(/^[0-9a-f]{32}$/)
      .optional(),
    'SHA-1': z
      .string()
      .regex(/^[0-9a-f]{40}$/)
      .optional(),
    'SHA-256': z
      .string()
      .regex(/^[0-9a-f]{64}$/)
      .optional(),
  })
  .refine((all) => Object.keys(all).length > 0);

const object = z.union([
  observable('directory', { path: z.string().min(1) }),
  observable('file', {
    hashes: hashes.optional(),
    name: z.string().min(1),
    parent_directory_ref: ref('directory').optional(),
  }),
  observable('ipv4-addr', { value: z.ipv4() }),
  observable('ipv6-addr', { value: z.ipv6() }),
  observable('domain-name', { value: z.string().min(1) }),
  observable('url', { value: z.string().min(1) }),
  observable('user-account', {
    account_type: z.enum(['windows-domain', 'windows-local']),
    user_id: z.string().optional(),
    account_login: z.string().optional(),
  }),
  observable('process', {
    pid: z.int().nonnegative().optional(),
    created_time: time.optional(),
    cwd: z.string().optional(),
    command_line: z.string().optional(),
    creator_user_ref: ref('user-account').optional(),
    image_ref: ref('file').optional(),
    parent_ref: ref('process').optional(),
  }).refine((one) => Object.keys(one).length > 3, 'a process says at least one thing'),
  observable('network-traffic', {
    start: time,
    src_ref: ref('ipv4-addr', 'ipv6-addr', 'domain-name').optional(),
    dst_ref: ref('ipv4-addr', 'ipv6-addr', 'domain-name'),
    src_port: port.optional(),
    dst_port: port.optional(),
    protocols: z.array(z.string().regex(/^[a-z0-9]+$/)).min(1),
  }),
  observable('windows-registry-key', {
    key: z.string().min(1),
    values: z
      .array(z.strictObject({ name: z.string(), data: z.string().optional() }))
      .min(1)
      .optional(),
  }),
  domainObject('identity', {
    name: z.string().min(1),
    description: z.string().optional(),
    identity_class: z.literal('system'),
  }),
  domainObject('extension-definition', {
    name: z.string(),
    description: z.string(),
    schema: z.string(),
    version: z.string().regex(/^\d+\.\d+\.\d+$/),
    extension_types: z.array(z.literal('property-extension')).min(1),
  }).required({ created_by_ref: true }),
  domainObject('attack-pattern', { name: z.string().min(1) }),
  domainObject('observed-data', {
    first_observed: time,
    last_observed: time,
    number_observed: z.int().min(1),
    object_refs: z.array(anyRef).min(1),
  }),
  domainObject('sighting', {
    first_seen: time,
    last_seen: time,
    count: z.int().min(0),
    sighting_of_ref: ref('attack-pattern'),
    observed_data_refs: z.array(ref('observed-data')).min(1).optional(),
    where_sighted_refs: z.array(ref('identity')).min(1),
  }),
  domainObject('relationship', {
    relationship_type: z.literal('resolves-to'),
    source_ref: ref('domain-name'),
    target_ref: ref('ipv4-addr', 'ipv6-addr'),
  }),
  domainObject('grouping', {
    name: z.string(),
    description: z.string(),
    context: z.literal('suspicious-activity'),
    object_refs: z.array(anyRef).min(1),
  }),
  domainObject('note', {
    abstract: z.string(),
    content: z.string().min(1),
    object_refs: z.array(anyRef).min(1),
  }),
  domainObject('opinion', {
    opinion: z.enum(['strongly-disagree', 'disagree', 'neutral', 'agree', 'strongly-agree']),
    explanation: z.string(),
    authors: z.array(z.string()).min(1),
    object_refs: z.array(anyRef).min(1),
  }),
]);

/** A bundle of ours. */
export const stixBundleShape = z.strictObject({
  type: z.literal('bundle'),
  id: idOf('bundle'),
  objects: z.array(object).min(1),
});
