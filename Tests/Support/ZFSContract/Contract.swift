/// The behaviour of OpenZFS that zferry relies on. Where the sandbox differs, the sandbox is wrong.
public let contract: [ContractCase] =
  datasetCases + propertyCases + listingCases + destroyCases + snapshotCases + sendCases
  + replicationCases + receiveCases + resumeCases + encryptionCases + cloneCases
