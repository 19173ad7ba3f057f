@echo off
rem The remora command. It needs a Java runtime, 17 or newer: that of JAVA_HOME, else java on the PATH.
setlocal
if defined JAVA_HOME (
  set "REMORA_JAVA=%JAVA_HOME%\bin\java.exe"
) else (
  set "REMORA_JAVA=java.exe"
)
if defined JAVA_HOME if not exist "%REMORA_JAVA%" (
  echo remora: JAVA_HOME is %JAVA_HOME%, and there is no bin\java.exe in it 1>&2
  exit /b 1
)
if not defined JAVA_HOME (
  where java.exe >nul 2>nul || (
    echo remora: Java 17 or newer is needed: set JAVA_HOME, or put java on the PATH 1>&2
    exit /b 1
  )
)
"%REMORA_JAVA%" -XX:+IgnoreUnrecognizedVMOptions --sun-misc-unsafe-memory-access=allow ^
  -Dfile.encoding=UTF-8 -Dpicocli.ansi=false --enable-native-access=ALL-UNNAMED ^
  %REMORA_JAVA_OPTIONS% -cp "%~dp0..\lib\*" dev.remora.cli.Remora %*
