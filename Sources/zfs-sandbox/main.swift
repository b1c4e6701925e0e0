print("zfs-sandbox")
