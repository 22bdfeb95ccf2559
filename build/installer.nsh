; Windows lists as a choice for tel: and callto: only a program that is registered with its capabilities; which one is
; used, only the person can say (Settings > Apps > Default apps). flowdial: is ours alone.
; After `--` nothing of a link is taken for a switch of the program.

!macro flowdialClass SCHEME TITLE
  WriteRegStr SHCTX "Software\Classes\Flowdial.${SCHEME}" "" "${TITLE}"
  WriteRegStr SHCTX "Software\Classes\Flowdial.${SCHEME}" "URL Protocol" ""
  WriteRegStr SHCTX "Software\Classes\Flowdial.${SCHEME}\DefaultIcon" "" "$INSTDIR\${APP_EXECUTABLE_FILENAME},0"
  WriteRegStr SHCTX "Software\Classes\Flowdial.${SCHEME}\shell\open\command" "" '"$INSTDIR\${APP_EXECUTABLE_FILENAME}" -- "%1"'
  WriteRegStr SHCTX "Software\Flowdial\Capabilities\URLAssociations" "${SCHEME}" "Flowdial.${SCHEME}"
!macroend

!macro customInstall
  !insertmacro flowdialClass "tel" "URL:Telephone number"
  !insertmacro flowdialClass "callto" "URL:Telephone number"
  !insertmacro flowdialClass "flowdial" "URL:Flowdial"
  WriteRegStr SHCTX "Software\Flowdial\Capabilities" "ApplicationName" "Flowdial"
  WriteRegStr SHCTX "Software\Flowdial\Capabilities" "ApplicationDescription" "Calls customers through Exotel"
  WriteRegStr SHCTX "Software\RegisteredApplications" "Flowdial" "Software\Flowdial\Capabilities"
  WriteRegStr SHCTX "Software\Classes\flowdial" "" "URL:Flowdial"
  WriteRegStr SHCTX "Software\Classes\flowdial" "URL Protocol" ""
  WriteRegStr SHCTX "Software\Classes\flowdial\shell\open\command" "" '"$INSTDIR\${APP_EXECUTABLE_FILENAME}" -- "%1"'
!macroend

!macro customUnInstall
  ; An update uninstalls the version before it; the person's choice must outlive that.
  ${ifNot} ${isUpdated}
    DeleteRegKey SHCTX "Software\Classes\Flowdial.tel"
    DeleteRegKey SHCTX "Software\Classes\Flowdial.callto"
    DeleteRegKey SHCTX "Software\Classes\Flowdial.flowdial"
    DeleteRegKey SHCTX "Software\Classes\flowdial"
    DeleteRegKey SHCTX "Software\Flowdial"
    DeleteRegValue SHCTX "Software\RegisteredApplications" "Flowdial"
  ${endIf}
!macroend
