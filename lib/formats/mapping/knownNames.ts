import type { MappedField } from './mapping';

/**
 * Names that products, query tools and people give to the fields we want, written together in lower case
 * (`Process Name`, `process_name` and `processName` are `processname`). A name in front of another one that
 * says whose it is (`parent`, `dst`, `target`) is part of it.
 */
const NAMES: Readonly<Partial<Record<MappedField, string>>> = {
  '@timestamp': `timestamp time eventtime utctime timegenerated timecreated datetime eventtimestamp ts
    createdat creationtime occurred occurredat eventdate eventdatetime timestamputc timeutc utctimestamp date
    observedat observedtime detectedat detectiontime logtime recordtime eventcreatedat eventcreationtime
    generatedtime generatedat timegenerateddatetime systemtime eventtimeutc isotime startedat timestampms
    epoch epochtime unixtime eventepoch localtime deviceeventtime eventoccurredat activitytime when`,
  'host.name': `host hostname computer computername device devicename machine machinename endpoint
    endpointname agenthostname agentname workstation workstationname hostfqdn fqdn asset assetname
    agentcomputername dvchostname dvc sensorhostname computerdnsname nodename system systemname clientname
    clienthostname hostnamefqdn srchost srchostname sourcehostname deviceinfohostname reportingdevice`,
  'host.id': `hostid deviceid machineid agentid aid sensorid endpointid agentuuid computerid machineguid
    deviceguid agentguid dvcid assetid`,
  'event.code': `eventtype type action operation activity eventname eventaction eventid eventcode actiontype
    eventclass activityname eventkind category eventcategory operationname subtype eventsubtype what
    eventtypename objecttype event activitytype telemetrytype recordtype`,
  'user.name': `user username account accountname usr useraccount subjectusername processuser
    processusername loginname login actor actoruser actorusername usrname logonuser loggedonuser owner
    processowner principal accountusername userid`,
  'user.domain': `userdomain accountdomain subjectdomainname domainname logondomain userdomainname`,
  'user.id': `usersid sid accountsid subjectusersid processusersid usersecurityid`,
  'process.entity_id': `processguid processuniqueid processentityid processkey uniqueprocessid processuuid
    processinstanceid uniquepid processuid procguid pguid`,
  'process.executable': `image processpath processimage processimagepath imagepath exe executable exepath
    newprocessname processexecutable processfilepath applicationpath application app apppath imagefullpath
    binarypath binary executablepath procpath processfullpath newprocesspath imagefilename programpath program
    processimagefilename processexe filefullpathexe`,
  'process.name': `processname imagename procname exename newprocess process childprocess childname
    processfilename programname appname applicationname`,
  'process.command_line': `commandline cmdline cmd command processcommandline processcmdline proccmdline
    processcommand cmdlineargs commandlinearguments fullcommandline newprocesscommandline arguments
    processargs args cl`,
  'process.pid': `pid processid newprocessid procid processpid childpid ospid osprocessid`,
  'process.working_directory': `currentdirectory workingdirectory cwd workdir processworkingdirectory`,
  'process.pe.original_file_name': `originalfilename processoriginalfilename peoriginalfilename
    originalname`,
  'process.integrity_level': `integritylevel processintegritylevel integrity`,
  'process.start': `processstarttime processcreationtime processstart processcreatetime processstartedat
    pstarttime`,
  'process.hash': `hashes processhashes imagehash processhash hash filehashes digest`,
  'process.hash.sha256': `sha256 processsha256 hashsha256 processhashsha256 imagesha256 sha256hash
    processimagesha256`,
  'process.hash.sha1': `sha1 processsha1 hashsha1 processhashsha1 imagesha1 sha1hash`,
  'process.hash.md5': `md5 processmd5 hashmd5 processhashmd5 imagemd5 md5hash`,
  'process.pe.imphash': `imphash processimphash peimphash`,
  'process.code_signature.subject_name': `signer publisher processsigner signername processpublisher
    signaturesigner`,
  'process.code_signature.status': `signaturestatus signedstatus processsignaturestatus signed`,
  'process.parent.entity_id': `parentprocessguid parentprocessuniqueid parentguid parententityid
    processparententityid parentprocesskey parentuniqueprocessid parentuid parentprocessuid`,
  'process.parent.executable': `parentimage parentprocesspath parentpath parentimagepath creatorprocessname
    parentexe parentexecutable processparentexecutable parentprocessimage parentprocessexecutable
    parentapplication processparentpath`,
  'process.parent.name': `parentprocessname parentname parentprocess processparentname parentimagename
    parent pname parentprocname ppname`,
  'process.parent.command_line': `parentcommandline parentcmdline parentprocesscommandline
    processparentcommandline parentcmd parentprocesscmdline parentcommand`,
  'process.parent.pid': `ppid parentpid parentprocessid creatorprocessid processparentpid parentprocesspid
    processppid parentid`,
  'process.parent.start': `parentprocessstarttime parentprocesscreationtime parentstarttime`,
  'winlog.logon.id': `logonid targetlogonid subjectlogonid`,
  'winlog.logon.type': `logontype`,
  'file.path': `targetfilename filepath path targetpath filefullpath fullpath targetfile targetfilepath
    objectpath filefullname fullfilename objectname createdfile writtenfile`,
  'file.name': `filename file targetname`,
  'file.directory': `folder directory folderpath filedirectory filefolder dir targetdirectory`,
  'file.Ext.original.path': `oldpath previouspath originalpath oldfilepath sourcefilename oldfilename
    previousfilepath sourcepath renamedfrom oldname previousfilename`,
  'file.hash': `filehash targethash`,
  'file.hash.sha256': `filesha256 filehashsha256 targetsha256 targetfilesha256`,
  'file.hash.sha1': `filesha1 filehashsha1 targetsha1`,
  'file.hash.md5': `filemd5 filehashmd5 targetmd5`,
  'file.origin_url': `hosturl originurl fileoriginurl downloadurl`,
  'file.origin_referrer_url': `referrerurl originreferrerurl fileoriginreferrerurl`,
  'destination.ip': `destinationip dstip remoteip destip destinationaddress dstaddress remoteaddress
    destaddress dstaddr remoteaddr raddr dst destination daddr targetip serverip remote remoteipaddress
    destinationipaddress dstipaddress dipaddress rip dip`,
  'destination.port': `destinationport dstport remoteport destport dport rport targetport serverport`,
  'destination.domain': `destinationhostname dsthost dsthostname desthost remotehost remotehostname domain
    destinationdomain remotedomain dstdomain destinationhost remotedns netdomain urldomain hostheader
    destdomain desthostname remoteurl servername sni`,
  'source.ip': `sourceip srcip localip sourceaddress srcaddress localaddress srcaddr localaddr saddr
    clientip src sourceipaddress srcipaddress laddr lip sip`,
  'source.port': `sourceport srcport localport sport lport clientport`,
  'network.transport': `protocol proto transport transportprotocol networkprotocol ipprotocol l4proto`,
  'network.direction': `direction networkdirection connectiondirection conndirection initiated flowdirection
    netdirection`,
  'url.full': `url uri requesturl fullurl urlfull httpurl webaddress`,
  'dns.question.name': `queryname dnsquery query dnsname dnsquestionname domainqueried questionname
    dnsdomain dnsrequest requesteddomain dnsqueryname qname lookupname hostqueried rrname`,
  'dns.answers': `queryresults dnsresponse answers dnsanswers dnsresults resolvedips dnsanswer response
    resolvedip`,
  'dll.path': `imageloaded modulepath dllpath module loadedimage loadedmodule dll modulefilepath
    libraryname librarypath loadedmodulepath modulename`,
  'dll.code_signature.status': `modulesignaturestatus dllsignaturestatus`,
  'registry.path': `targetobject registrypath regpath registrykeypath registryfullpath`,
  'registry.key': `registrykey regkey key keyname registrykeyname regkeyname keypath`,
  'registry.value': `registryvaluename regvaluename valuename registryvalue`,
  'registry.data': `details registrydata regdata registryvaluedata valuedata regvalue newvalue regvaluedata`,
  'pipe.name': `pipename pipe namedpipe`,
  'powershell.script_block_text': `scriptblocktext script scriptcontent scriptblock scripttext amsicontent`,
  'rule.name': `rulename alertname detectionname threatname title signature alerttitle rule detection
    alert alerttype threat signaturename malwarename`,
  'rule.id': `ruleid signatureid detectionid ruleuuid`,
  'event.id': `alertid eventuuid uuid eventuid incidentid recordid eventguid`,
  'event.url': `alerturl consoleurl link incidenturl falconhostlink permalink`,
  'event.severity': `severity alertseverity level risklevel severityname priority`,
  'threat.technique.id': `technique techniqueid mitretechnique mitretechniqueid attacktechnique techniques
    attackid mitreid mitretechniques`,
  'threat.tactic.name': `tactic tacticname mitretactic tactics mitretactics`,
  message: `message description msg alertdescription summary eventmessage`,
};

const FIELD_OF: ReadonlyMap<string, MappedField> = new Map(
  Object.entries(NAMES).flatMap(([field, names]) =>
    names.split(/\s+/).map((name) => [name, field as MappedField] as const),
  ),
);

/** A field that a name stands for, and how sure that is, 0 to 1. */
export type NamedField = { readonly field: MappedField; readonly confidence: number };

/**
 * What the name of a member says: the whole path, else the path without its first names, one by one. Whose
 * field it is decides where a front name says so (`parent.name` is the parent's, `actor.process.pid` a process's).
 */
export function fieldOfName(path: string): NamedField | undefined {
  const all = wordsOf(path);
  const words = all.length > 1 && UNITS.has(all.at(-1) ?? '') ? all.slice(0, -1) : all;
  const own = ECS_FIELD.get(path);
  if (own !== undefined) return { field: own, confidence: 0.98 };
  for (let dropped = 0; dropped < words.length; dropped++) {
    const field = FIELD_OF.get(words.slice(dropped).join(''));
    if (field === undefined) continue;
    const front = words.slice(0, dropped);
    const confidence = Math.max(0.5, 0.95 - 0.06 * dropped);
    if (front.some((word) => PARENT.has(word))) {
      const parent = PARENT_FIELD.get(field);
      return parent === undefined ? undefined : { field: parent, confidence };
    }
    if (front.some((word) => FOREIGN.has(word))) return undefined;
    if (front.some((word) => TARGET.has(word))) {
      const target = FILE_FIELD.get(field);
      if (target !== undefined) return { field: target, confidence };
    }
    return { field, confidence };
  }
  return undefined;
}

/** The words of a path: cut at punctuation, at `aB`, and before the last capital of `ABc`. */
export function wordsOf(path: string): readonly string[] {
  return path
    .slice(0, 200)
    .replace(/([a-z0-9])([A-Z])/g, '$1 $2')
    .replace(/([A-Z]{1,30})([A-Z][a-z])/g, '$1 $2')
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== '' && !/^\d$/.test(word));
}

/** What may stand behind a time's name without changing it. */
const UNITS: ReadonlySet<string> = new Set([
  'ms',
  'us',
  'ns',
  'sec',
  'seconds',
  'millis',
  'utc',
  'gmt',
  'epoch',
]);

const PARENT: ReadonlySet<string> = new Set(['parent', 'creator', 'ppid']);
/** Somebody else's process, or what is not the event: a value of theirs is not ours. */
const FOREIGN: ReadonlySet<string> = new Set([
  'grandparent',
  'grandparents',
  'children',
  'siblings',
  'previous',
  'old',
  'ingest',
  'ingestion',
  'received',
  'indexed',
]);
const TARGET: ReadonlySet<string> = new Set(['file', 'target', 'object']);

const PARENT_FIELD: ReadonlyMap<MappedField, MappedField> = new Map<MappedField, MappedField>([
  ['process.entity_id', 'process.parent.entity_id'],
  ['process.executable', 'process.parent.executable'],
  ['process.name', 'process.parent.name'],
  ['file.path', 'process.parent.executable'],
  ['file.name', 'process.parent.name'],
  ['process.command_line', 'process.parent.command_line'],
  ['process.pid', 'process.parent.pid'],
  ['process.start', 'process.parent.start'],
]);

const FILE_FIELD: ReadonlyMap<MappedField, MappedField> = new Map<MappedField, MappedField>([
  ['process.hash', 'file.hash'],
  ['process.hash.sha256', 'file.hash.sha256'],
  ['process.hash.sha1', 'file.hash.sha1'],
  ['process.hash.md5', 'file.hash.md5'],
]);

/** ECS names that a record may carry as they are. */
const ECS_FIELD: ReadonlyMap<string, MappedField> = new Map([
  ...Object.keys(NAMES).map((field) => [field, field as MappedField] as const),
  ['event.action', 'event.code'],
  ['process.hash', 'process.hash'],
  ['url.original', 'url.full'],
  ['url.domain', 'destination.domain'],
  ['host.hostname', 'host.name'],
]);
