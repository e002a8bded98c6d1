DATE_INPUT_FORMATS = ["%Y-%m-%d"]
DATETIME_INPUT_FORMATS = ["%Y-%m-%d %H:%M:%S", "%Y-%m-%d %H:%M"]
DATETIME_FORMAT = "j F Y, H\u00a0\\h\u00a0i"
SHORT_DATETIME_FORMAT = "Y-m-d H\u00a0\\h\u00a0i"
TIME_FORMAT = "H\u00a0\\h\u00a0i"
