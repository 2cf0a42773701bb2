function words(text: string): readonly string[] {
  return text.split(' ');
}

/**
 * Names that collectors put beside EventData's where they write all into one object: how and when they got the record,
 * and what they call the parts of its System element. Names that EventData has as well (`EventType`, `AccountName`,
 * `Description`) are not among them.
 */
export const ENVELOPE: ReadonlySet<string> = new Set([
  // Of the System part, by the names of NXLog, Fluent Bit, Splunk and Log Analytics.
  ...words(
    'EventID EventId EventCode Channel LogName EventLog Hostname HOSTNAME HostName Computer ComputerName',
  ),
  ...words('SourceName EventSourceName EventSourceDescription ProviderGuid ProviderGUID'),
  ...words('TimeCreated TimeCreatedUtc TimeGenerated TimeWritten EventTime EventTimeWritten SystemTime'),
  ...words(
    'RecordNumber RecordID EventRecordID EventRecordId ExecutionProcessID ExecutionThreadID SystemProcessId',
  ),
  ...words('SystemThreadId SystemUserId ActivityID RelatedActivityID Severity SeverityValue'),
  ...words('Level EventLevel EventLevelName Keywords Task TaskValue TaskCategory Opcode OpCode OpcodeValue'),
  ...words('OpcodeDisplayNameText Qualifiers Message RenderedDescription'),
  // NXLog, syslog and rsyslog.
  ...words('EventReceivedTime SourceModuleName SourceModuleType MessageSourceAddress SyslogFacility'),
  ...words('SyslogFacilityValue SyslogSeverity SyslogSeverityValue InputName'),
  // Logstash, Beats, Fluentd, Graylog.
  ...words(
    '@timestamp @version agent beat ecs event fields host hostname input log message metadata port tag tags',
  ),
  ...words(
    'timestamp time type offset source_host gl2_source_input gl2_source_node gl2_remote_ip stream streams',
  ),
  ...words('level facility full_message short_message version _id _index _score _source _type kafka'),
  // Splunk.
  ...words(
    '_raw _time _indextime _cd _bkt _si _sourcetype _serial _subsecond _pre_msg index linecount punct',
  ),
  ...words(
    'source sourcetype splunk_server splunk_server_group eventtype timestartpos timeendpos dvc_nt_host',
  ),
  ...words('date_hour date_mday date_minute date_month date_second date_wday date_year date_zone'),
  ...words('vendor_product RawText'),
  // Log Analytics.
  ...words('TenantId SourceSystem MG ManagementGroupName SourceComputerId _ResourceId _SubscriptionId'),
  ...words('_ItemId _TimeReceived EventOriginId AzureDeploymentID PartitionKey RowKey StorageAccount'),
  'TimeGenerated [UTC]',
]);
