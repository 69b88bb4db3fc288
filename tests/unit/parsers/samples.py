"""One record of each format, written by hand after the offices' files; the parties and numbers are made up."""

# ruff: noqa: E501 - lines as long as the files have them

CNIPA = """<?xml version="1.0" encoding="utf-8" standalone="no"?>
<!DOCTYPE business:PatentDocumentAndRelated SYSTEM "/DTDS/ExternalStandards/ipphdb-entities.dtd"[]>
<business:PatentDocumentAndRelated xmlns:base="http://www.sipo.gov.cn/XMLSchema/base"
    xmlns:business="http://www.sipo.gov.cn/XMLSchema/business" lang="zh" country="CN" docNumber="110330865" kind="B"
    datePublication="20201201">
  <business:BibliographicData>
    <business:PublicationReference dataFormat="standard" sequence="1">
      <base:DocumentID><base:WIPOST3Code>CN</base:WIPOST3Code><base:DocNumber>110330865</base:DocNumber>
        <base:Kind>B</base:Kind><base:Date>20201201</base:Date></base:DocumentID>
    </business:PublicationReference>
    <business:PublicationReference dataFormat="original" sequence="1">
      <base:DocumentID><base:WIPOST3Code>CN</base:WIPOST3Code><base:DocNumber>110330865</base:DocNumber>
        <base:Kind>B</base:Kind><base:Date>20201201</base:Date></base:DocumentID>
    </business:PublicationReference>
    <business:ApplicationReference applType="10" dataFormat="original">
      <base:DocumentID><base:WIPOST3Code>CN</base:WIPOST3Code><base:DocNumber>201910792871.4</base:DocNumber>
        <base:Date>20190826</base:Date></base:DocumentID>
    </business:ApplicationReference>
    <business:ApplicationReference applType="10" dataFormat="standard">
      <base:DocumentID><base:WIPOST3Code>CN</base:WIPOST3Code><base:DocNumber>102019000792871</base:DocNumber>
        <base:Date>20190826</base:Date></base:DocumentID>
    </business:ApplicationReference>
    <business:PriorityDetails>
      <business:Priority kind="international" dataFormat="original" sequence="1"><base:WIPOST3Code>KR</base:WIPOST3Code>
        <base:DocNumber>10-2018-0100096</base:DocNumber><base:Date>20180827</base:Date></business:Priority>
      <business:Priority kind="international" dataFormat="standard" sequence="1"><base:WIPOST3Code>KR</base:WIPOST3Code>
        <base:DocNumber>102018000100096</base:DocNumber><base:Date>20180827</base:Date></business:Priority>
    </business:PriorityDetails>
    <business:ClassificationIPCRDetails>
      <business:ClassificationIPCR sequence="1"><business:Section>A</business:Section>
        <business:MainClass>01</business:MainClass><business:Subclass>B</business:Subclass>
        <business:MainGroup>33</business:MainGroup><business:Subgroup>08</business:Subgroup>
        <base:Text>A01B   33/08    (2006.01)</base:Text></business:ClassificationIPCR>
      <business:ClassificationIPCR sequence="2"><business:Section>A</business:Section>
        <business:MainClass>01</business:MainClass><business:Subclass>B</business:Subclass>
        <business:MainGroup>33</business:MainGroup><business:Subgroup>10</business:Subgroup></business:ClassificationIPCR>
    </business:ClassificationIPCRDetails>
    <business:InventionTitle lang="zh" dataFormat="original">一种
      旋耕机</business:InventionTitle>
    <business:ReferencesCited><business:Citation srepPhase="SEA" sequence="1"><business:ApplicationCitation>
      <business:PublicationReference dataFormat="standard"><base:DocumentID><base:WIPOST3Code>CN</base:WIPOST3Code>
        <base:DocNumber>1719946</base:DocNumber><base:Kind>A</base:Kind><base:Date>20060111</base:Date></base:DocumentID>
      </business:PublicationReference>
      <business:PublicationReference dataFormat="original"><base:DocumentID><base:WIPOST3Code>CN</base:WIPOST3Code>
        <base:DocNumber>1719946</base:DocNumber><base:Kind>A</base:Kind><base:Date>20060111</base:Date></base:DocumentID>
      </business:PublicationReference></business:ApplicationCitation></business:Citation></business:ReferencesCited>
    <business:Parties>
      <business:ApplicantDetails><business:Applicant sequence="1"><base:AddressBook lang="zh"><base:Name>江苏禾丰农机有限公司</base:Name>
        <base:Address><base:Street>0</base:Street><base:City>苏州市</base:City><base:Province>江苏省</base:Province>
          <base:PostCode>215000</base:PostCode><base:WIPOST3Code>CN</base:WIPOST3Code>
          <base:Text>215000 江苏省苏州市虎丘区科灵路8号</base:Text></base:Address></base:AddressBook></business:Applicant>
        <business:Applicant sequence="2"><base:AddressBook><base:Name>0</base:Name></base:AddressBook></business:Applicant>
      </business:ApplicantDetails>
      <business:InventorDetails><business:Inventor sequence="1"><base:AddressBook><base:Name>王晓明</base:Name></base:AddressBook>
        </business:Inventor></business:InventorDetails>
      <business:AgentDetails>
        <business:Agent sequence="1"><business:Agency><base:AddressBook><base:OrganizationName>苏州禾木事务所</base:OrganizationName>
          </base:AddressBook></business:Agency><base:AddressBook><base:Name>李一</base:Name></base:AddressBook></business:Agent>
        <business:Agent sequence="2"><business:Agency><base:AddressBook><base:OrganizationName>苏州禾木事务所</base:OrganizationName>
          </base:AddressBook></business:Agency><base:AddressBook><base:Name>李二</base:Name></base:AddressBook></business:Agent>
      </business:AgentDetails>
    </business:Parties>
    <business:ExaminerDetails><business:Examiner sequence="1"><base:Name>张三</base:Name></business:Examiner></business:ExaminerDetails>
  </business:BibliographicData>
  <business:Abstract dataFormat="original" lang="zh">
    <base:Paragraphs num="0001">本发明公开了一种旋耕机。</base:Paragraphs>
    <base:Paragraphs num="0002">它包括机架。</base:Paragraphs>
    <business:AbstractFigure><base:Figure num="0001"><base:Image file="201910792871.TIF"/></base:Figure></business:AbstractFigure>
  </business:Abstract>
  <business:Description lang="zh">
    <business:InventionTitle>一种旋耕机</business:InventionTitle>
    <business:TechnicalField><base:Paragraphs num="0001">技术领域</base:Paragraphs>
      <base:Paragraphs num="0002">温度为20&deg;，转速为10<base:Sup>3</base:Sup>，水为H<base:Sub>2</base:Sub>O。</base:Paragraphs></business:TechnicalField>
    <base:Paragraphs num="0003">呈“
        <base:Image file="A.TIF"/>”字型的刀轴满足
        <base:MathDetails num="0001"><base:MathText><![CDATA[ <math><mfrac><mi>a</mi><mi>&alpha;</mi></mfrac></math> ]]></base:MathText>
        </base:MathDetails>(1)</base:Paragraphs>
    <base:Paragraphs num="0004"><base:Image file="B.TIF"/></base:Paragraphs>
  </business:Description>
  <business:Drawings lang="zh"><base:Figure num="0001" figureLabels="图1"><base:Image file="HDA1.TIF"/></base:Figure>
    <base:Figure num="0002" figureLabels="图2A"><base:Image file="HDA2.TIF"/></base:Figure></business:Drawings>
  <business:Claims lang="zh">
    <business:Claim id="cl0001" num="0001"><business:ClaimText>1.一种旋耕机，其特征在于，包括：</business:ClaimText>
      <business:ClaimText>机架；</business:ClaimText></business:Claim>
    <business:Claim id="cl0002" num="0002"><business:ClaimText>2、根据权利要求1所述的旋耕机，其特征在于，还包括刀轴。</business:ClaimText></business:Claim>
    <business:Claim id="cl0003"><business:ClaimText>3. 如权利要求1至2中任一项所述的旋耕机。</business:ClaimText></business:Claim>
  </business:Claims>
</business:PatentDocumentAndRelated>
""".encode()

CNIPA_DESIGN = """<?xml version="1.0" encoding="utf-8"?>
<b:PatentDocumentAndRelated xmlns:b="http://www.sipo.gov.cn/XMLSchema/business" country="CN" docNumber="305246987" kind="S"
    datePublication="20190709"><b:DesignBibliographicData>
    <b:ClassificationLocarno><b:MainClassification>01-01 (12)</b:MainClassification></b:ClassificationLocarno>
    <b:InventionTitle>巧克力公仔</b:InventionTitle>
  </b:DesignBibliographicData>
  <b:DesignBriefExplanation><b:Paragraphs>1.产品的名称：巧克力公仔。</b:Paragraphs></b:DesignBriefExplanation>
</b:PatentDocumentAndRelated>""".encode()

GAZETTE_JSON = (
    '{"pub_no": "CN209074415U", "kind": "U", "title": "马桶座  升降装置", "pub_date": "2019-07-09", "app_no": "201621234567X", '
    '"app_date": "2016-11-21", "applicants": ["禾丰有限公司", "王晓明"], "inventors": ["王晓明", " "], '
    '"address": "315000浙江省宁波市江东区江东北路375号", "ipc": ["A47K13/00(2006.01)I", "A47K17/02(2006.01)N", "?"]}'
).encode()

GAZETTE_HEADER = (
    "item,name,authorization_notice_id,authorized_announcement_date,filing_id,filing_date,patentee,designer,address,Int.Cl.\n"
)
GAZETTE_ROW = (
    "3,马桶座  升降装置,CN209074415U,2019.07.09,201621234567X,2016.11.21,禾丰有限公司;??王晓明,王晓明;,"
    "315000浙江省宁波市江东区江东北路375号,A47K13/00(2006.01)I;??A47K17/02(2006.01)N"
)

LENS = (
    '{"lens_id":"038-066-141-127-891","jurisdiction":"US","doc_number":"20160266975","kind":"A1","date_published":"2016-09-15",'
    '"docdb_id":442228631,"lang":"en","biblio":{'
    '"application_reference":{"jurisdiction":"US","doc_number":"201514863446","kind":"A","date":"2015-09-23"},'
    '"priority_claims":{"claims":[{"jurisdiction":"US","doc_number":"201562130600","kind":"P","date":"2015-03-09","sequence":1},'
    '{"jurisdiction":"KR","doc_number":"2014012345","kind":"W","date":"2014-12-01","sequence":2}],'
    '"earliest_claim":{"date":"2014-12-01"}},'
    '"invention_title":[{"text":"Memory devices\\n and modules","lang":"en"},{"text":"存储设备","lang":"zh"},{"text":" ","lang":"fr"}],'
    '"parties":{"applicants":[{"extracted_name":{"value":"SAMSUNG ELECTRONICS CO LTD"},"residence":"KR"},{"residence":"US"}],'
    '"inventors":[{"sequence":1,"extracted_name":{"value":"HU CHAOHONG"},"residence":"US"}],'
    '"agents":[{"extracted_name":{"value":"FINNEGAN, Daniel"},"extracted_address":"211 Church Street","extracted_country":"US"}],'
    '"examiners":{"primary_examiner":{"extracted_name":{"value":"Fritz Alphonse"},"department":"2112"}}},'
    '"classifications_ipcr":{"classifications":[{"symbol":"G06F11/10"},{"symbol":"G06F"}]},'
    '"classifications_cpc":{"classifications":[{"symbol":"G06F2212/7201"},{"symbol":"G06F2212/7201"}]},'
    '"references_cited":{"citations":[{"sequence":1,"patcit":{"document_id":{"jurisdiction":"US","doc_number":"4570217","kind":"A",'
    '"date":"1986-02-11"},"lens_id":"120"},"cited_phase":"SEA"},{"sequence":2,"patcit":{"document_id":{"jurisdiction":"US",'
    '"doc_number":"201762511292","kind":"P"}},"cited_phase":"APP"},{"sequence":3,"nplcit":{"text":"RHEE S ET AL"},"cited_phase":"ISR"}],'
    '"patent_count":2}},'
    '"families":{"simple_family":{"members":[{"document_id":{"jurisdiction":"US","doc_number":"9785570","kind":"B2","date":"2017-10-10"}},'
    '{"document_id":{"jurisdiction":"US","doc_number":"20160266975","kind":"A1","date":"2016-09-15"}}],"size":2}},'
    '"legal_status":{"granted":true,"grant_date":"2017-10-10","anticipated_term_date":"2035-11-26","patent_status":"ACTIVE",'
    '"calculation_log":["Application Filing Date: 2015-09-23","Applied 64 days term extension."]},'
    '"abstract":[{"text":"An embodiment includes a system.","lang":"en"}],'
    '"claims":[{"claims":[{"claim_text":["1. A driver module, comprising:","an interface."]},'
    '{"claim_text":["2. The driver module according to claim 1 , further comprising a table."]}],"lang":"en"}],'
    '"description":{"text":"BACKGROUND\\nThis disclosure relates to memory.","lang":"en"},"publication_type":"PATENT_APPLICATION"}'
).encode()

PATENTRY = (
    '{"number":"CN110330865B","stage":"granted","type":"invention","publication_date":"2020-12-01",'
    '"titles":{"zh":"一种旋耕机","en":"Rotary tiller"},"ipc":[{"symbol":"A01B 33/08","first":true}],'
    '"country":"CN","doc_number":"110330865","kind":"B","application":{"number":"CN201910792871.4","date":"2019-08-26"},'
    '"priorities":[{"number":"KR20180100096","date":"2018-08-27"}],"cpc":[{"symbol":"A01B 33/082"}]}'
).encode()
