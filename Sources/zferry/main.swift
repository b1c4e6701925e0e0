print("zferry")
