{{/* A service of this release, by its name: mill-context-service. Takes (list root name). */}}
{{- define "facemill.name" -}}
{{- printf "%s-%s" (index . 0).Release.Name (index . 1) -}}
{{- end -}}

{{- define "facemill.selector" -}}
app.kubernetes.io/instance: {{ (index . 0).Release.Name }}
app.kubernetes.io/name: {{ index . 1 }}
{{- end -}}

{{- define "facemill.labels" -}}
{{ include "facemill.selector" . }}
app.kubernetes.io/part-of: facemill
app.kubernetes.io/version: {{ (index . 0).Chart.AppVersion | quote }}
app.kubernetes.io/managed-by: {{ (index . 0).Release.Service }}
{{- end -}}

{{/* Labels of what belongs to the whole release. */}}
{{- define "facemill.commonLabels" -}}
app.kubernetes.io/instance: {{ .Release.Name }}
app.kubernetes.io/part-of: facemill
app.kubernetes.io/version: {{ .Chart.AppVersion | quote }}
app.kubernetes.io/managed-by: {{ .Release.Service }}
{{- end -}}

{{/*
The services that are installed, as JSON: what services.yaml says of each, and its values as "values".
services.yaml is the project's own, the one description of the services.
*/}}
{{- define "facemill.services" -}}
{{- $installed := dict -}}
{{- range $name, $described := .Files.Get "files/services.yaml" | fromYaml -}}
{{- $values := index $.Values.services $name -}}
{{- if $values.enabled -}}
{{- $_ := set $installed $name (merge (dict "values" $values) $described) -}}
{{- end -}}
{{- end -}}
{{- $installed | toJson -}}
{{- end -}}

{{/* Whether the number of a service's pods is left to an autoscaler: "lag", "cpu" or nothing. Takes (list root values). */}}
{{- define "facemill.scaledBy" -}}
{{- $by := (index . 0).Values.autoscaling.by -}}
{{- $values := index . 1 -}}
{{- if $values.scale -}}
{{- if eq $by "lag" -}}lag{{- else if and (eq $by "cpu") (eq $values.pool "cpu") -}}cpu{{- end -}}
{{- end -}}
{{- end -}}

{{- define "facemill.sasl" -}}
{{- if hasPrefix "SASL" .Values.kafka.protocol -}}true{{- end -}}
{{- end -}}

{{- define "facemill.tls" -}}
{{- if hasSuffix "SSL" .Values.kafka.protocol -}}true{{- end -}}
{{- end -}}

{{/*
Where a service's TLS files are, as YAML: a secret and keys of the authority; secret and keys of its own certificate.
Strimzi's operators name them: the cluster's <cluster>-cluster-ca-cert, the user's own secret. Takes (list root name).
*/}}
{{- define "facemill.tlsSecrets" -}}
{{- $root := index . 0 -}}
{{- $tls := $root.Values.kafka.tls -}}
{{- if $root.Values.strimzi.enabled -}}
ca: {secret: {{ $root.Values.strimzi.cluster }}-cluster-ca-cert, key: ca.crt}
client: {secret: {{ include "facemill.name" . }}, certificate: user.crt, privateKey: user.key}
{{- else -}}
{{- with $tls.caSecret }}
ca: {secret: {{ . }}, key: {{ $tls.caKey }}}
{{- end }}
{{- with $tls.clientSecret }}
client: {secret: {{ . }}, certificate: {{ $tls.certificateKey }}, privateKey: {{ $tls.privateKeyKey }}}
{{- end }}
{{- end -}}
{{- end -}}

{{- define "facemill.secretVariable" -}}
- name: {{ index . 0 }}
  valueFrom: {secretKeyRef: {name: {{ index . 1 }}, key: {{ index . 2 }}}}
{{- end -}}

{{/* Variables by which a service finds broker and store. Takes (list root name values). */}}
{{- define "facemill.connections" -}}
{{- $root := index . 0 -}}
{{- $kafka := $root.Values.kafka -}}
{{- $store := $root.Values.store -}}
- name: KAFKA_BOOTSTRAP_SERVERS
  value: {{ $kafka.bootstrapServers | quote }}
- name: KAFKA_SECURITY_PROTOCOL
  value: {{ $kafka.protocol }}
{{- if include "facemill.sasl" $root }}
{{ include "facemill.secretVariable" (list "BROKER_USERNAME" $kafka.sasl.existingSecret $kafka.sasl.usernameKey) }}
{{ include "facemill.secretVariable" (list "BROKER_PASSWORD" $kafka.sasl.existingSecret $kafka.sasl.passwordKey) }}
- name: KAFKA_SASL_MECHANISM
  value: {{ $kafka.sasl.mechanism }}
- name: KAFKA_SASL_JAAS_CONFIG
  value: >-
    org.apache.kafka.common.security.{{ ternary "plain.PlainLoginModule" "scram.ScramLoginModule" (eq $kafka.sasl.mechanism "PLAIN") }}
    required username="$(BROKER_USERNAME)" password="$(BROKER_PASSWORD)";
{{- end }}
{{- if include "facemill.tls" $root }}
{{- $secrets := include "facemill.tlsSecrets" (list $root (index . 1)) | fromYaml }}
{{- with $secrets.ca }}
- name: KAFKA_SSL_TRUSTSTORE_TYPE
  value: PEM
{{ include "facemill.secretVariable" (list "KAFKA_SSL_TRUSTSTORE_CERTIFICATES" .secret .key) }}
{{- end }}
{{- with $secrets.client }}
- name: KAFKA_SSL_KEYSTORE_TYPE
  value: PEM
{{ include "facemill.secretVariable" (list "KAFKA_SSL_KEYSTORE_CERTIFICATE_CHAIN" .secret .certificate) }}
{{ include "facemill.secretVariable" (list "KAFKA_SSL_KEYSTORE_KEY" .secret .privateKey) }}
{{- end }}
{{- end }}
- name: FACEMILL_TOPICS_PARTITIONS
  value: {{ $kafka.partitions | quote }}
- name: FACEMILL_STORE_URL
  value: {{ $store.url | quote }}
- name: FACEMILL_STORE_REGION
  value: {{ $store.region | quote }}
{{- with $store.bucketPrefix }}
- name: FACEMILL_STORE_BUCKET_PREFIX
  value: {{ . | quote }}
{{- end }}
{{- $secret := (index . 2).storeSecret | default $store.existingSecret }}
{{ include "facemill.secretVariable" (list "FACEMILL_STORE_ACCESS_KEY" $secret $store.accessKeyKey) }}
{{ include "facemill.secretVariable" (list "FACEMILL_STORE_SECRET_KEY" $secret $store.secretKeyKey) }}
{{- end -}}
