{{/* Where the services find each other; the same for all. */}}
{{- define "maestro.environment" -}}
- { name: MAESTRO_METRICS_PORT, value: '9200' }
{{- range $other := list "definition" "scheduler" "executor" "signal" "notifier" }}
- { name: MAESTRO_{{ upper $other }}_ADDRESS, value: '{{ $.Release.Name }}-{{ $other }}:9100' }
{{- end }}
- name: MAESTRO_NATS_URL
  valueFrom: { secretKeyRef: { name: {{ .Values.nats.existingSecret | quote }}, key: url } }
{{- range $name, $value := .Values.env }}
- { name: {{ $name }}, value: {{ $value | quote }} }
{{- end }}
{{- end }}

{{/* What every container is not allowed. */}}
{{- define "maestro.securityContext" -}}
runAsNonRoot: true
runAsUser: 1000
allowPrivilegeEscalation: false
readOnlyRootFilesystem: true
capabilities: { drop: [ALL] }
{{- end }}

{{- define "maestro.probes" -}}
readinessProbe: { httpGet: { path: /ready, port: metrics }, periodSeconds: 5, timeoutSeconds: 3 }
livenessProbe: { httpGet: { path: /live, port: metrics }, periodSeconds: 10, timeoutSeconds: 5, failureThreshold: 6 }
{{- end }}
