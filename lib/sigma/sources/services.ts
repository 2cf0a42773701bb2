/** Channels of the Windows event log by Sigma's `service`, each in its own spelling; they are compared without case. */
export const CHANNELS_OF_SERVICE: ReadonlyMap<string, readonly string[]> = new Map(
  Object.entries<readonly string[]>({
    application: ['Application'],
    'application-experience': [
      'Microsoft-Windows-Application-Experience/Program-Telemetry',
      'Microsoft-Windows-Application-Experience/Program-Compatibility-Assistant',
    ],
    applocker: [
      'Microsoft-Windows-AppLocker/MSI and Script',
      'Microsoft-Windows-AppLocker/EXE and DLL',
      'Microsoft-Windows-AppLocker/Packaged app-Deployment',
      'Microsoft-Windows-AppLocker/Packaged app-Execution',
    ],
    'appmodel-runtime': ['Microsoft-Windows-AppModel-Runtime/Admin'],
    'appxdeployment-server': ['Microsoft-Windows-AppXDeploymentServer/Operational'],
    'appxpackaging-om': ['Microsoft-Windows-AppxPackaging/Operational'],
    bitlocker: ['Microsoft-Windows-BitLocker/BitLocker Management'],
    'bits-client': ['Microsoft-Windows-Bits-Client/Operational'],
    capi2: ['Microsoft-Windows-CAPI2/Operational'],
    'certificateservicesclient-lifecycle-system': [
      'Microsoft-Windows-CertificateServicesClient-Lifecycle-System/Operational',
    ],
    'codeintegrity-operational': ['Microsoft-Windows-CodeIntegrity/Operational'],
    dhcp: ['Microsoft-Windows-DHCP-Server/Operational', 'DhcpAdminEvents'],
    'diagnosis-scripted': ['Microsoft-Windows-Diagnosis-Scripted/Operational'],
    // The specification has the folder's name in Event Viewer; the channel itself is called the other.
    'dns-client': [
      'Microsoft-Windows-DNS-Client/Operational',
      'Microsoft-Windows-DNS Client Events/Operational',
    ],
    'dns-server': ['DNS Server'],
    'dns-server-analytic': [
      'Microsoft-Windows-DNS-Server/Analytical',
      'Microsoft-Windows-DNSServer/Analytical',
    ],
    'dns-server-audit': ['Microsoft-Windows-DNS-Server/Audit', 'Microsoft-Windows-DNSServer/Audit'],
    'driver-framework': ['Microsoft-Windows-DriverFrameworks-UserMode/Operational'],
    'firewall-as': ['Microsoft-Windows-Windows Firewall With Advanced Security/Firewall'],
    'hyper-v-worker': ['Microsoft-Windows-Hyper-V-Worker', 'Microsoft-Windows-Hyper-V-Worker-Admin'],
    'iis-configuration': ['Microsoft-IIS-Configuration/Operational'],
    'kernel-event-tracing': [
      'Microsoft-Windows-Kernel-EventTracing',
      'Microsoft-Windows-Kernel-EventTracing/Admin',
    ],
    'kernel-shimengine': [
      'Microsoft-Windows-Kernel-ShimEngine/Operational',
      'Microsoft-Windows-Kernel-ShimEngine/Diagnostic',
    ],
    ldap: ['Microsoft-Windows-LDAP-Client/Debug'],
    ldap_debug: ['Microsoft-Windows-LDAP-Client/Debug'],
    'lsa-server': ['Microsoft-Windows-LSA/Operational'],
    'microsoft-servicebus-client': [
      'Microsoft-ServiceBus-Client',
      'Microsoft-ServiceBus-Client/Admin',
      'Microsoft-ServiceBus-Client/Operational',
    ],
    'msexchange-management': ['MSExchange Management'],
    ntfs: ['Microsoft-Windows-Ntfs/Operational'],
    ntlm: ['Microsoft-Windows-NTLM/Operational'],
    openssh: ['OpenSSH/Operational'],
    powershell: ['Microsoft-Windows-PowerShell/Operational', 'PowerShellCore/Operational'],
    'powershell-classic': ['Windows PowerShell'],
    'printservice-admin': ['Microsoft-Windows-PrintService/Admin'],
    'printservice-operational': ['Microsoft-Windows-PrintService/Operational'],
    security: ['Security'],
    'security-mitigations': [
      'Microsoft-Windows-Security-Mitigations/KernelMode',
      'Microsoft-Windows-Security-Mitigations/UserMode',
      'Microsoft-Windows-Security-Mitigations/Kernel Mode',
      'Microsoft-Windows-Security-Mitigations/User Mode',
    ],
    sense: ['Microsoft-Windows-SENSE/Operational'],
    'servicebus-client': ['Microsoft-ServiceBus-Client/Operational', 'Microsoft-ServiceBus-Client/Admin'],
    'shell-core': ['Microsoft-Windows-Shell-Core/Operational'],
    'smbclient-audit': ['Microsoft-Windows-SmbClient/Audit'],
    'smbclient-connectivity': ['Microsoft-Windows-SmbClient/Connectivity'],
    'smbclient-operational': ['Microsoft-Windows-SmbClient/Operational'],
    'smbclient-security': ['Microsoft-Windows-SmbClient/Security'],
    'smbserver-audit': ['Microsoft-Windows-SMBServer/Audit'],
    'smbserver-connectivity': ['Microsoft-Windows-SMBServer/Connectivity'],
    'smbserver-operational': ['Microsoft-Windows-SMBServer/Operational'],
    'smbserver-security': ['Microsoft-Windows-SMBServer/Security'],
    sysmon: ['Microsoft-Windows-Sysmon/Operational'],
    system: ['System'],
    taskscheduler: ['Microsoft-Windows-TaskScheduler/Operational'],
    'terminalservices-localsessionmanager': [
      'Microsoft-Windows-TerminalServices-LocalSessionManager/Operational',
    ],
    'terminalservices-remoteconnectionmanager': [
      'Microsoft-Windows-TerminalServices-RemoteConnectionManager/Operational',
    ],
    vhdmp: ['Microsoft-Windows-VHDMP/Operational', 'Microsoft-Windows-VHDMP-Operational'],
    windefend: ['Microsoft-Windows-Windows Defender/Operational'],
    winrm: ['Microsoft-Windows-WinRM/Operational'],
    wmi: ['Microsoft-Windows-WMI-Activity/Operational'],
  }),
);

/** A channel that rules know: its own spelling and Sigma's services whose log it is. */
export type KnownChannel = { readonly name: string; readonly services: ReadonlySet<string> };

/** The channel of a name in any case; undefined for one that no service is about. */
export function knownChannel(channel: string): KnownChannel | undefined {
  return BY_NAME.get(channel.toLowerCase());
}

const BY_NAME: ReadonlyMap<string, KnownChannel> = channelsByName();

function channelsByName(): ReadonlyMap<string, KnownChannel> {
  const found = new Map<string, { name: string; services: Set<string> }>();
  for (const [service, channels] of CHANNELS_OF_SERVICE)
    for (const name of channels) {
      const known = found.get(name.toLowerCase());
      if (known === undefined) found.set(name.toLowerCase(), { name, services: new Set([service]) });
      else known.services.add(service);
    }
  return found;
}
