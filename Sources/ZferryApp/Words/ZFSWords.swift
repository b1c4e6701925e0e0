extension Words {
  /// What a failed `zfs` command means, by `ZFSFailure`'s codes.
  static let zfsWords: [String: Sentence] = [
    "zfs.dataset_missing": { subject, detail in
      Explanation(
        "[ENOENT] \(subject): a dataset or snapshot is not there any more\(said(detail)).",
        "It may have been renamed or destroyed in the meantime. Run it again to look anew.")
    },
    "zfs.dataset_exists": { subject, detail in
      Explanation(
        "[EEXIST] \(subject): something of that name is there already\(said(detail)).",
        "Look what it is. Choose another destination, or run it again to look anew.")
    },
    "zfs.permission_denied": { subject, detail in
      Explanation(
        "[EPERM] \(subject): the user may not do this with zfs\(said(detail)).",
        "Use sudo for zfs commands, or give the rights with: zfs allow USER"
          + " create,mount,receive,send,hold,bookmark,snapshot DATASET.")
    },
    "zfs.out_of_space": { subject, detail in
      Explanation(
        "[ENOSPC] \(subject): the destination is full\(said(detail)).",
        "Free space there; the next run goes on where this one stopped.")
    },
    "zfs.quota_exceeded": { subject, detail in
      Explanation(
        "[EDQUOT] \(subject): a quota is used up\(said(detail)).",
        "Raise the quota or free space; the next run goes on where this one stopped.")
    },
    "zfs.busy": { subject, detail in
      Explanation(
        "[EBUSY] \(subject) is in use at this moment\(said(detail)).",
        "Another receive, a hold or a program that has it mounted may keep it. Try again later.")
    },
    "zfs.destination_modified": { subject, detail in
      Explanation(
        "[ECONFLICT] \(subject) was changed since the last snapshot both sides hold\(said(detail)).",
        "Nothing was overwritten. zferry conflicts TASK shows each way out and what it loses.")
    },
    "zfs.no_matching_base": { subject, detail in
      Explanation(
        "[ECONFLICT] \(subject): the copy does not hold the snapshot this one builds on"
          + "\(said(detail)).",
        "Run it again to look anew; if it stays so, see zferry conflicts TASK.")
    },
    "zfs.destination_has_snapshots": { subject, detail in
      Explanation(
        "[ECONFLICT] \(subject): the destination has snapshots already\(said(detail)).",
        "Nothing was overwritten. Choose an empty destination, or see zferry conflicts TASK.")
    },
    "zfs.incomplete_stream": { subject, detail in
      Explanation(
        "[EPIPE] \(subject): the stream ended too early\(said(detail)).",
        "What has arrived is kept; the next run goes on from there.")
    },
    "zfs.partially_received": { subject, detail in
      Explanation(
        "[EAGAIN] \(subject) holds part of an earlier transfer\(said(detail)).",
        "Run it again: it goes on with that part, or gives it up.")
    },
    "zfs.token_invalid": { subject, detail in
      Explanation(
        "[ESTALE] \(subject): a transfer that was cut cannot be gone on with\(said(detail)).",
        "Run it again: it begins that dataset anew. Nothing that was complete is lost.")
    },
    "zfs.interrupted": { subject, detail in
      Explanation(
        "[EINTR] \(subject): zfs was stopped by a signal\(said(detail)).",
        "What has arrived is kept; the next run goes on from there.")
    },
    "zfs.stream_unreadable": { subject, detail in
      Explanation(
        "[EBADMSG] \(subject): the receiver could not read the stream\(said(detail)).",
        "The link may have been cut. Run it again; what has arrived is kept.")
    },
    "zfs.key_not_loaded": { subject, detail in
      Explanation(
        "[ENOKEY] \(subject): its encryption key is not loaded\(said(detail)).",
        "Load it with: zfs load-key DATASET. Then run it again.")
    },
    "zfs.key_already_loaded": { subject, _ in
      Explanation("\(subject): its encryption key is loaded already.", "Run it again.")
    },
    "zfs.key_incorrect": { subject, _ in
      Explanation(
        "[EKEYREJECTED] \(subject) was made with another key than the one zferry has.",
        "Nothing was sent. Edit the task and type the right one, or load it there yourself.")
    },
    "zfs.feature_missing": { subject, detail in
      Explanation(
        "[ENOTSUP] \(subject): the pool or OpenZFS there lacks a feature of this stream"
          + "\(said(detail)).", "Update OpenZFS there, or enable the feature on the pool.")
    },
    "zfs.invalid_option": { subject, detail in
      Explanation(
        "[EINVAL] \(subject): zfs there does not know an option\(said(detail)).",
        "It may be older than OpenZFS 2.1. Update it.")
    },
    "zfs.io_error": { subject, detail in
      Explanation(
        "[EIO] \(subject): reading or writing failed\(said(detail)).",
        "Look at zpool status there: a disk may be failing.")
    },
    "zfs.pool_unavailable": { subject, detail in
      Explanation(
        "[EIO] \(subject): the pool is suspended\(said(detail)).",
        "Look at zpool status there, bring its disks back, then zpool clear POOL.")
    },
    "zfs.module_missing": { subject, detail in
      Explanation(
        "[ENODEV] \(subject): the ZFS module is not loaded there\(said(detail)).",
        "Load it with: modprobe zfs. After a kernel update the module may have to be built first.")
    },
    "zfs.failed": { subject, detail in
      Explanation(
        "[EZFS] \(subject): zfs did not do it\(said(detail)).",
        "Mend what it says, then try again.")
    },
  ]
}
