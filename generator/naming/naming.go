package naming

import (
	"go/token"
	"strings"
	"unicode"
	"unicode/utf8"
)

// initialisms are the words that Go writes in capitals: those of the Go style
// guides and the ones common in API documents.
const initialisms = `acl aes ai amqp api arn ascii asn aws bgp cdn ci cidr cis cors cpu crl csr css csv cve cvss db
dhcp dkim dmarc dns dnssec dos dsn dto ean ec2 ecs eks eof fifo fqdn ftp gcp gid gpg gps gpu grpc guid hmac html http
https iam iana iata iban icmp id imap imei io ios ip ipsec ipv4 ipv6 isbn isin iso isp json jwk jwks jwt kms kv kyc lan lb
ldap lhs llm mfa mime mms mtls nat nfc ntp oidc os oss otp pci pdf pem pgp pid pii png posix qps qr ram rhs rpc rsa
rss rtp rtt s3 saas saml scim sdk sftp sha sip sku sla slo sms smtp spf sql sse ssh ssid ssl sso svg tcp tls toml totp ttl
tv udp ui uid upc uri url usb utc utf8 uuid vat vlan vm vpc vpn waf wan xml xmpp xsrf xss yaml`

// verbs are the words that documents write in capitals although they stand for
// no other words: HTTP's methods, and what is done to a resource.
const verbs = ` get head post put patch delete options trace create read update list `

// Namer makes identifiers, for one caller at a time. Use New.
type Namer struct {
	initialisms map[string]bool
	exported    map[string]string // what Exported has returned
}

// New returns a Namer that knows Go's usual initialisms and the extra ones.
func New(extra ...string) *Namer {
	n := &Namer{initialisms: map[string]bool{}, exported: map[string]string{}}
	for _, word := range append(strings.Fields(initialisms), extra...) {
		n.initialisms[strings.ToLower(word)] = true
	}
	return n
}

// Exported returns the exported Go identifier for s: "account_id" becomes
// AccountID. It is a valid identifier whatever s is.
func (n *Namer) Exported(s string) string {
	name, ok := n.exported[s]
	if !ok {
		name = n.Join(Words(s))
		n.exported[s] = name // a document has the same names again and again
	}
	return name
}

// Join makes an exported identifier of words.
func (n *Namer) Join(words []string) string {
	keepCase := keepsCase(words)
	var b strings.Builder
	for _, word := range words {
		part := n.word(word, keepCase)
		// "v2 1" must not read as "V21".
		if last := b.Len(); last > 0 && isDigit(part[0]) && isDigit(b.String()[last-1]) {
			b.WriteByte('_')
		}
		b.WriteString(part)
		if b.Len() > maxName {
			break
		}
	}
	name := b.String()
	if len(name) >= maxName { // leaves room for the letter that exportable adds
		name = strings.ToValidUTF8(name[:maxName-1], "")
	}
	return exportable(name)
}

// keepsCase reports whether runs of capitals in words are meant: they are when
// the name also has small letters ("AWSAccount"), or is one short word ("USD");
// a name in capitals only ("NOT_PLANNED") is just shouting.
func keepsCase(words []string) bool {
	for _, word := range words {
		if strings.IndexFunc(word, unicode.IsLower) >= 0 {
			return true
		}
	}
	return len(words) == 1 && utf8.RuneCountInString(words[0]) <= 3
}

// word gives one word its Go case.
func (n *Namer) word(word string, keepCase bool) string {
	lower := strings.ToLower(word)
	if rest, ok := strings.CutPrefix(lower, "oauth"); ok && strings.Trim(rest, "0123456789") == "" {
		return "OAuth" + rest
	}
	if n.initialisms[lower] || n.initialisms[strings.TrimRight(lower, "0123456789")] {
		return strings.ToUpper(word)
	}
	if base, ok := strings.CutSuffix(lower, "s"); ok && n.initialisms[base] {
		return strings.ToUpper(base) + "s"
	}
	if keepCase && !strings.Contains(verbs, " "+lower+" ") {
		return capitalize(word)
	}
	return capitalize(lower)
}

// exportable makes a name that begins with an upper-case letter.
func exportable(name string) string {
	r, _ := utf8.DecodeRuneInString(name)
	switch {
	case name == "":
		return "Empty"
	case unicode.IsUpper(r):
		return name
	case unicode.IsDigit(r):
		return "N" + name
	default: // a letter of a script without case
		return "X" + name
	}
}

func isDigit(b byte) bool { return '0' <= b && b <= '9' }

// IsExported reports whether name can be used as it is: an exported Go
// identifier of reasonable length. It guards names that a document gives
// (x-go-name and the like).
func IsExported(name string) bool {
	return IsIdentifier(name) && len(name) <= maxName
}

// IsIdentifier reports whether name is an exported Go identifier.
func IsIdentifier(name string) bool { return token.IsIdentifier(name) && token.IsExported(name) }

// IsToken reports whether name is what HTTP calls a token (RFC 9110), as the
// names of headers and methods are.
func IsToken(name string) bool {
	return name != "" && !strings.ContainsFunc(name, func(c rune) bool {
		letter := c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9'
		return !letter && !strings.ContainsRune("!#$%&'*+-.^_`|~", c)
	})
}
